import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { importFile } from '../../src/knowledge/import/import-file.ts'
import type { Format } from '../../src/knowledge/import/row.ts'
import { zipOf } from './zip.ts'

// Every row here is made up for these tests, about real plants.
const folder = mkdtempSync(path.join(tmpdir(), 'greenlane-formats-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Read {
  readonly format: Format | null
  readonly lines: readonly string[]
  readonly faults: readonly string[]
}

async function read(name: string, content: string | Buffer, asked: Format | null = null): Promise<Read> {
  const file = path.join(folder, name)
  writeFileSync(file, content)
  let format: Format | null = null
  const faults: string[] = []
  const order = { file, name: 'one', folder: path.join(folder, 'shelf'), format: asked, on: '2026-11-24' }
  const { record } = await importFile(order, {
    found: (found) => {
      format = found
    },
    read: () => {},
    fault: (line) => faults.push(line),
  })
  const kept = path.join(folder, 'shelf', 'imports', 'one')
  const lines =
    record === null
      ? []
      : gunzipSync(readFileSync(path.join(kept, 'names.tsv.gz')))
          .toString()
          .replace(/\n$/, '')
          .split('\n')
  if (record !== null)
    expect(readFileSync(path.join(kept, 'faults.txt'), 'utf8')).toBe(faults.map((line) => `${line}\n`).join(''))
  return { format, lines, faults }
}

const table = (rows: readonly string[], sign: string): string =>
  rows
    .map((row) =>
      row
        .split('/')
        .map((cell) => cell.trim())
        .join(sign),
    )
    .join('\n')

describe('a table of names', () => {
  it('is read by its headers, in whatever case and with whatever sign between cells', async () => {
    const rows = [
      'Taxon_Name / FAMILY / EPPO code',
      'Cupressus sempervirens / Cupressaceae / CVBSE',
      'Aa paleacea / Orchidaceae /',
    ]
    const settled = [
      'taxon\tCupressus sempervirens\tspecies\tCupressaceae\tCVBSE',
      'taxon\tAa paleacea\tspecies\tOrchidaceae\t',
    ]
    for (const sign of [',', ';', '\t', '|']) {
      const { format, lines, faults } = await read('plants.csv', table(rows, sign))
      expect({ format, lines, faults }).toEqual({ format: 'table', lines: settled, faults: [] })
    }
    expect((await read('plants.tsv.gz', gzipSync(table(rows, '\t')))).lines).toEqual(settled)
    expect((await read('wide.csv', Buffer.from(`\ufeff${table(rows, ',')}`, 'utf16le'))).lines).toEqual(settled)
  })

  it('takes synonyms by name, by id and through other synonyms', async () => {
    const byName = await read('one.csv', 'name,accepted_name,status\nCedrela sinensis,Toona sinensis,synonym\n')
    expect(byName.lines).toEqual(['taxon\tToona sinensis\tspecies\t\t', 'synonym\tCedrela sinensis\tToona sinensis'])
    const rows = [
      'id,scientificName,acceptedNameUsageID,family',
      '1,Ailanthus flavescens,2,',
      '2,Cedrela sinensis Juss.,3,',
      '3,Toona sinensis (Juss.) M.Roem.,,Meliaceae',
    ]
    expect((await read('two.csv', rows.join('\n'))).lines).toEqual([
      'taxon\tToona sinensis\tspecies\tMeliaceae\t',
      'synonym\tAilanthus flavescens\tToona sinensis',
      'synonym\tCedrela sinensis\tToona sinensis',
    ])
  })

  it('takes common names with their language, several in one cell', async () => {
    const { lines } = await read(
      'three.csv',
      'species,vernacularName,language\nToona sinensis,beef and onion plant; 香椿,eng\n',
    )
    expect(lines.slice(1)).toEqual([
      'common\tbeef and onion plant\ten\tToona sinensis',
      'common\t香椿\ten\tToona sinensis',
    ])
  })

  it('takes a table of genera and families', async () => {
    expect((await read('genera.tsv', 'genus\tfamily\nToona\tMeliaceae\n')).lines).toEqual([
      'taxon\tToona\tgenus\tMeliaceae\t',
    ])
  })

  it('names every broken row and takes the rest', async () => {
    const rows = [
      'id,name,status,accepted_id,family',
      '1,Toona sinensis,accepted,,Meliaceae',
      '2,,accepted,,Meliaceae',
      '3,Toona sp.,accepted,,Meliaceae',
      '4,Toona fargesii × sinensis,accepted,,Meliaceae',
      '5,Cedrela sinensis,synonym,99,Meliaceae',
      '6,Cedrela serrulata,synonym,,Meliaceae',
      '1,Toona ciliata,accepted,,Meliaceae',
      '7,Toona calantas',
      '8,"Toona "red",accepted,,Meliaceae',
      '9,Toona rubrifolia,synonym,10,',
      '10,Toona serrata,synonym,9,',
      '11,12 pcs,accepted,,',
      '12,Toona sureni,accepted,,Meliaceae',
    ]
    const { lines, faults } = await read('broken.csv', rows.join('\n'))
    expect(lines).toEqual(['taxon\tToona sinensis\tspecies\tMeliaceae\t', 'taxon\tToona sureni\tspecies\tMeliaceae\t'])
    const told = [
      [3, /name is missing/],
      [4, /names no one taxon/],
      [5, /hybrid formula/],
      [7, /synonym of nothing/],
      [8, /id "1" stands on an earlier row/],
      [9, /2 cells where the header has 5/],
      [10, /quotes do not pair/],
      [13, /no scientific name/],
      [6, /"99", which is the id of no row/],
      [11, /without an end/],
      [12, /without an end/],
    ] as const
    expect(faults).toHaveLength(told.length)
    told.forEach(([line, sentence], at) => {
      expect(faults[at]).toMatch(new RegExp(`^broken\\.csv:${line}: `))
      expect(faults[at]).toMatch(sentence)
    })
  })

  it('says which columns there are when none holds names', async () => {
    await expect(read('odd.csv', 'colour,price\nred,3\n')).rejects.toThrow(/No column of odd\.csv.*«colour», «price»/)
    await expect(read('nothing.csv', '')).rejects.toThrow(/nothing\.csv is empty/)
  })

  it('tells a gzip that was cut short, and takes what could be read', async () => {
    const names = Array.from(
      { length: 20_000 },
      (_, at) => `Toona ${'abcdefghij'[at % 10]}${at.toString(36).replace(/\d/g, 'q')}a`,
    )
    const whole = gzipSync(`name\n${names.join('\n')}\n`)
    const { lines, faults } = await read('cut.csv.gz', whole.subarray(0, whole.length / 2))
    expect(lines.length).toBeGreaterThan(100)
    expect(faults.join()).toMatch(/cut short/)
  })
})

const meta = (core: string, extension: string): string => `<?xml version="1.0"?>
<archive xmlns="http://rs.tdwg.org/dwc/text/">
  <core encoding="UTF-8" fieldsTerminatedBy="\\t" fieldsEnclosedBy="" ignoreHeaderLines="1" rowType="http://rs.tdwg.org/dwc/terms/Taxon">
    <files><location>${core}</location></files>
    <id index="0"/>
    <field index="1" term="http://rs.tdwg.org/dwc/terms/scientificName"/>
    <field index="2" term="http://rs.tdwg.org/dwc/terms/acceptedNameUsageID"/>
    <field index="4" term="http://rs.tdwg.org/dwc/terms/taxonRank"/>
    <field default="Plantae" term="http://rs.tdwg.org/dwc/terms/kingdom"/>
    <field index="3" term="http://rs.tdwg.org/dwc/terms/family"/>
  </core>
  <extension encoding="UTF-8" fieldsTerminatedBy="," fieldsEnclosedBy='"' ignoreHeaderLines="0" rowType="http://rs.gbif.org/terms/1.0/VernacularName">
    <files><location>${extension}</location></files>
    <coreid index="0"/>
    <field index="2" term="http://purl.org/dc/terms/language"/>
    <field index="1" term="http://rs.tdwg.org/dwc/terms/vernacularName"/>
  </extension>
</archive>`

describe('a Darwin Core archive', () => {
  it('is read as its meta.xml describes it, whatever its columns are called', async () => {
    const { format, lines, faults } = await read(
      'checklist.zip',
      zipOf({
        'vernacular.csv': 't1,"Chinesischer Surenbaum",deu\nt9,nobody,eng\n',
        'meta.xml': meta('taxon.txt', 'vernacular.csv'),
        'taxon.txt':
          'a\tb\tc\td\te\nt1\tToona sinensis (Juss.) M.Roem.\t\tMeliaceae\tspecies\nt2\tCedrela sinensis Juss.\tt1\t\tspecies\nt3\tSapindales\t\t\torder\n',
      }),
    )
    expect({ format, faults }).toEqual({ format: 'dwca', faults: [] })
    expect(lines).toEqual([
      'taxon\tToona sinensis\tspecies\tMeliaceae\t',
      'synonym\tCedrela sinensis\tToona sinensis',
      'common\tChinesischer Surenbaum\tde\tToona sinensis',
    ])
  })

  it('passes over what is no plant', async () => {
    const animals = meta('taxon.txt', 'none.csv')
      .replace('Plantae', 'Animalia')
      .replace(/<extension[\s\S]*<\/extension>/, '')
    const { lines } = await read(
      'animals.zip',
      zipOf({ 'meta.xml': animals, 'taxon.txt': 'x\nt1\tSus scrofa\t\tSuidae\tspecies\n' }),
    )
    expect(lines).toEqual([])
  })

  it('says what is wrong with an archive', async () => {
    await expect(read('bad.zip', zipOf({ 'meta.xml': '<archive><core', 'taxon.txt': '' }))).rejects.toThrow(
      /meta\.xml is broken/,
    )
    await expect(read('gone.zip', zipOf({ 'meta.xml': meta('lost.txt', 'lost.csv') }))).rejects.toThrow(
      /lost\.txt, which is not in/,
    )
    await expect(read('cut.zip', zipOf({ 'a.csv': 'name\n' }).subarray(0, 40))).rejects.toThrow(/broken zip archive/)
    await expect(read('many.zip', zipOf({ 'a.csv': 'name\n', 'b.csv': 'name\n' }))).rejects.toThrow(
      /not clear which file.*«a\.csv», «b\.csv»/,
    )
  })
})

describe('a Catalogue of Life data package', () => {
  it('is read from NameUsage, where the parent of a synonym is its accepted taxon', async () => {
    const usage = [
      'col:ID\tcol:parentID\tcol:status\tcol:scientificName\tcol:authorship\tcol:rank',
      'P\t\taccepted\tPlantae\t\tkingdom',
      'F\tP\taccepted\tMeliaceae\tJuss.\tfamily',
      'G\tF\taccepted\tToona\t(Endl.) M.Roem.\tgenus',
      'S\tG\taccepted\tToona sinensis\t(Juss.) M.Roem.\tspecies',
      'Y\tS\tsynonym\tCedrela sinensis\tJuss.\tspecies',
      'M\tS\tmisapplied\tAilanthus altissima\tauct.\tspecies',
      'N\tS\tsynonym\tToona ciliata\tauct. non M.Roem.\tspecies',
      'U\tP\taccepted\tTracheophytes\t\tunranked',
      'A\t\taccepted\tAnimalia\t\tkingdom',
      'B\tA\taccepted\tApis mellifera\tL.\tspecies',
    ]
    const common = 'col:taxonID\tcol:name\tcol:language\nS\tChinese mahogany\teng\nB\thoney bee\teng\n'
    const { format, lines, faults } = await read(
      'col.zip',
      zipOf({ 'NameUsage.tsv': usage.join('\n'), 'VernacularName.tsv': common }),
    )
    expect({ format, faults }).toEqual({ format: 'coldp', faults: [] })
    expect(lines).toEqual([
      'taxon\tMeliaceae\tfamily\t\t',
      'taxon\tToona\tgenus\tMeliaceae\t',
      'taxon\tToona sinensis\tspecies\tMeliaceae\t',
      'synonym\tCedrela sinensis\tToona sinensis',
      'common\tChinese mahogany\ten\tToona sinensis',
    ])
  })

  it('is read from names, taxa and synonyms that lie apart', async () => {
    const { format, lines, faults } = await read(
      'apart.zip',
      zipOf({
        'taxon.csv': 'ID,nameID,family\nt1,n1,Meliaceae\nt2,n9,Meliaceae\n',
        'synonym.csv': 'taxonID,nameID,status\nt1,n2,synonym\n',
        'name.csv':
          'ID,scientificName,authorship,rank\nn1,Toona sinensis,"(Juss.) M.Roem., 1846",species\nn2,Cedrela sinensis,Juss.,species\n',
      }),
    )
    expect(format).toBe('coldp')
    expect(lines).toEqual(['taxon\tToona sinensis\tspecies\tMeliaceae\t', 'synonym\tCedrela sinensis\tToona sinensis'])
    expect(faults).toEqual(['taxon.csv:3: There is no name "n9" in the package. Correct the nameID.'])
  })
})

describe('exports that have a form of their own', () => {
  it('reads the SQLite file of EPPO', async () => {
    const file = path.join(folder, 'eppocodes.sqlite')
    const database = new DatabaseSync(file)
    database.exec(`create table t_codes (codeid integer, eppocode text, dtcode text, status text);
      create table t_names (codeid integer, fullname text, codelang text, preferred integer, status text);
      insert into t_codes values (1, 'CEDSI', 'PFL', 'A'), (2, 'BEMITA', 'GAI', 'A');
      insert into t_names values (1, 'Toona sinensis', 'la', 1, 'A'), (1, 'Cedrela sinensis', 'la', 0, 'A'),
        (1, 'cédrèle de Chine', 'fr', 0, 'A'), (2, 'Bemisia tabaci', 'la', 1, 'A')`)
    database.close()
    const { format, lines } = await read('eppocodes.sqlite', readFileSync(file))
    expect(format).toBe('eppo')
    expect(lines).toEqual([
      'taxon\tToona sinensis\tspecies\t\tCEDSI',
      'synonym\tCedrela sinensis\tToona sinensis',
      'common\tcédrèle de Chine\tfr\tToona sinensis',
    ])
  })

  it('reads the classification of World Flora Online', async () => {
    const rows = [
      'taxonID\tscientificNameID\tscientificName\ttaxonRank\tparentNameUsageID\tscientificNameAuthorship\tfamily\tgenus\tspecificEpithet\ttaxonomicStatus\tacceptedNameUsageID',
      'wfo-0001\t\tToona sinensis\tspecies\twfo-4\t(Juss.) M.Roem.\tMeliaceae\tToona\tsinensis\tAccepted\t',
      'wfo-0002\t\tCedrela sinensis\tspecies\t\tJuss.\tMeliaceae\tCedrela\tsinensis\tSynonym\twfo-0001',
      'wfo-0003\t\tToona glabra\tspecies\t\t\tMeliaceae\tToona\tglabra\tUnchecked\t',
    ]
    const { format, lines } = await read('classification.csv', rows.join('\n'))
    expect(format).toBe('wfo')
    expect(lines).toEqual([
      'taxon\tToona sinensis\tspecies\tMeliaceae\t',
      'taxon\tToona glabra\tspecies\tMeliaceae\t',
      'synonym\tCedrela sinensis\tToona sinensis',
    ])
  })

  it('reads the names of the World Checklist of Vascular Plants, alone and in its archive', async () => {
    const rows = [
      'plant_name_id|ipni_id|taxon_rank|taxon_status|family|genus_hybrid|genus|species_hybrid|species|accepted_plant_name_id|taxon_name|taxon_authors',
      '1||Species|Accepted|Meliaceae||Toona||sinensis|1|Toona sinensis|(Juss.) M.Roem.',
      '2||Species|Synonym|Meliaceae||Cedrela||sinensis|1|Cedrela sinensis|Juss. "in part"',
      '3||Species|Illegitimate|Meliaceae||Toona||alba||Toona alba|',
      '4||Species|Artificial Hybrid|Meliaceae||Toona|×|hybrida|4|Toona × hybrida|',
    ]
    const settled = [
      'taxon\tToona sinensis\tspecies\tMeliaceae\t',
      'taxon\tToona × hybrida\tspecies\tMeliaceae\t',
      'synonym\tCedrela sinensis\tToona sinensis',
    ]
    const alone = await read('wcvp_names.csv', rows.join('\n'))
    expect(alone).toEqual({ format: 'wcvp', lines: settled, faults: [] })
    const packed = await read(
      'wcvp.zip',
      zipOf({ 'README.txt': 'read me', 'wcvp_distribution.csv': 'a|b\n', 'wcvp_names.csv': rows.join('\n') }),
    )
    expect(packed.lines).toEqual(settled)
  })

  it('reads a checklist of GRIIS, where many countries name the same plant', async () => {
    const rows = [
      'country_code\tscientific_name\taccepted_name\tfamily\trank',
      'AG\tToona ciliata M.Roem.\t\tMeliaceae\tSPECIES',
      'ZA\tToona ciliata M.Roem.\t\tMeliaceae\tspecies',
      'CU\tCedrela toona Roxb. ex Rottler\tToona ciliata M.Roem.\tMeliaceae\tSYNONYM',
    ]
    const { format, lines } = await read('griis.tsv', rows.join('\n'))
    expect(format).toBe('griis')
    expect(lines).toEqual([
      'taxon\tToona ciliata\tspecies\tMeliaceae\t',
      'synonym\tCedrela toona\tToona ciliata',
      'listed\tToona ciliata\tToona ciliata\tAG ZA',
      'listed\tToona ciliata\tCedrela toona\tCU',
    ])
  })

  it('takes no listing of what a checklist says is not invasive there', async () => {
    const rows = [
      'countryCode,scientificName,acceptedName,isInvasive',
      'AG,Toona ciliata,,null',
      'ZA,Toona ciliata,,Invasive',
    ]
    const { lines } = await read('griis.csv', rows.join('\n'))
    expect(lines.filter((line) => line.startsWith('listed'))).toEqual(['listed\tToona ciliata\tToona ciliata\tZA'])
  })

  it('reads the name files of EPPO: plants in use, with codes and common names', async () => {
    const rows = [
      'identifier,datatype,code,lang,langno,preferred,status,creation,modification,country,fullname,authority,shortname',
      '1,PFL,CEDSI,la,1,1,A,,,,Toona sinensis,(A. de Jussieu) M.J. Roemer,',
      '2,PFL,CEDSI,la,2,0,A,,,,Cedrela sinensis,A. de Jussieu,',
      '3,PFL,CEDSI,de,1,0,A,,,,"Surenbaum, Chinesischer",,',
      '4,PFL,CEDSI,de,2,0,A,,,,"Zeder, Gemüse-",,',
      '5,PFL,CEDSI,en,1,0,N,,,,onion tree,,',
      '7,PFL,1TOOG,la,1,1,A,,,,Toona,,',
      '8,PFL,1SPDO,la,1,1,A,,,,Sapindales,,',
      '6,GAI,BEMITA,la,1,1,A,,,,Bemisia tabaci,,',
    ]
    const { format, lines, faults } = await read('pflname.txt', `\ufeff${rows.join('\r\n')}\r\n`)
    expect({ format, faults }).toEqual({ format: 'eppo', faults: [] })
    expect(lines).toEqual([
      'taxon\tToona sinensis\tspecies\t\tCEDSI',
      'taxon\tToona\tgenus\t\t1TOOG',
      'synonym\tCedrela sinensis\tToona sinensis',
      'common\tChinesischer Surenbaum\tde\tToona sinensis',
      'common\tGemüsezeder\tde\tToona sinensis',
    ])
  })
})
