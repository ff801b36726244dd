import { expect, it } from 'vitest'
import { readScientificName } from './scientific-name.ts'

it.each([
  ['Toona sinensis', 'Toona sinensis', 'species'],
  ['Toona sinensis (Juss.) M.Roem.', 'Toona sinensis', 'species'],
  ['Cedrela toona Roxb. ex Rottler', 'Cedrela toona', 'species'],
  ['Malva sylvestris L. subsp. mauritiana (L.) Boiss. ex Cout.', 'Malva sylvestris subsp. mauritiana', 'subspecies'],
  ['Hieracium chloropsis ssp. gerardii', 'Hieracium chloropsis subsp. gerardii', 'subspecies'],
  ['Prunus persica var. nucipersica', 'Prunus persica var. nucipersica', 'variety'],
  ['Prunus padus f. rosea', 'Prunus padus f. rosea', 'form'],
  ['Picea smithiana Hook. f. ex Boiss.', 'Picea smithiana', 'species'],
  ['Vachellia nilotica indica', 'Vachellia nilotica indica', 'subspecies'],
  ['Abelmoschus × caillei', 'Abelmoschus × caillei', 'species'],
  ['Abelmoschus xcaillei', 'Abelmoschus xcaillei', 'species'],
  ['Abelmoschus x caillei', 'Abelmoschus × caillei', 'species'],
  ['× Cuprocyparis leylandii', '×Cuprocyparis leylandii', 'species'],
  ['Asplenium trichomanes ssp. X lusaticum', 'Asplenium trichomanes subsp. lusaticum', 'subspecies'],
  ['TOONA SINENSIS', 'Toona sinensis', 'species'],
  ['toona sinensis', 'Toona sinensis', 'species'],
  ['Toona_sinensis', 'Toona sinensis', 'species'],
  ['Isoëtes lacustris', 'Isoëtes lacustris', 'species'],
  ['Rosa canina hort. ex Lindl.', 'Rosa canina', 'species'],
  ['Ferocactus latispinus (Haw.) Britton & Rose', 'Ferocactus latispinus', 'species'],
  ['Quercus robur de la Torre', 'Quercus robur', 'species'],
  ['Toona', 'Toona', 'genus'],
  ['Toona (Endl.) M.Roem.', 'Toona', 'genus'],
  ['Meliaceae', 'Meliaceae', 'family'],
])('reads %s', (written, name, rank) => {
  expect(readScientificName(written, '')).toEqual({ name, rank })
})

it.each([
  ['', /missing/],
  ['Toona sp.', /no one taxon/],
  ['Toona cf. sinensis', /no one taxon/],
  ['Toona sp1', /no one taxon/],
  ['Salix alba x fragilis', /hybrid formula/],
  ['Salix alba × Salix fragilis', /hybrid formula/],
  ["Rosa 'Peace'", /cultivar/],
  ['Toona ?sinensis', /question mark/],
  ['Toona sinens\ufffds', /UTF-8/],
  ['12 pcs', /genus/],
  ['L.', /genus/],
  ['Rosa canina lusus alba', /rank that is not read/],
  ['Rosa canina L. subf. alba', /rank that is not read/],
  ['Rosa canina [infrasp.unranked] alba', /rank that is not read/],
])('says why «%s» is no name', (written, fault) => {
  expect(readScientificName(written, '').fault).toMatch(fault)
})
