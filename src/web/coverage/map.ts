import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { geoNaturalEarth1, geoPath } from 'd3-geo'
import type { Feature, FeatureCollection, Geometry, Position } from 'geojson'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import type { Places } from '../../core/parcel/places.ts'
import { type Html, html } from '../report/html.ts'
import { mapNames } from './map-names.ts'

/** A country as it is drawn: its code where it has one, its outline, and where its middle lies. */
export interface Drawn {
  readonly code: string | null
  readonly name: string
  readonly path: string
  readonly x: number
  readonly y: number
  /** Square units of the picture that it covers: what is too small to see gets a dot. */
  readonly size: number
}

/** Width and height of the picture in its own units. */
export const mapSize = { width: 960, height: 468 } as const

/** What is smaller than this many square units is shown by a dot too. */
const smallest = 12

type Shape = Feature<Geometry, { name: string }>
type World = Topology<{ countries: GeometryCollection<{ name: string }> }>

/** The countries of the world in the Natural Earth projection, drawn once from the outlines of world-atlas (1 to 50 million). */
export function drawWorld(places: Places): Drawn[] {
  const file = createRequire(import.meta.url).resolve('world-atlas/countries-50m.json')
  const world = JSON.parse(readFileSync(file, 'utf8')) as World
  const countries = feature(world, world.objects.countries) as FeatureCollection<Geometry, { name: string }>
  const seen = { type: 'FeatureCollection' as const, features: countries.features.filter(isShown).flatMap(apart) }
  const projection = geoNaturalEarth1().fitSize([mapSize.width, mapSize.height], seen)
  const path = geoPath(projection).digits(1)
  const numberOf = new Map(places.names.map((name, at) => [name, places.codes[at] ?? '']))
  return seen.features.map((one) => {
    const { name } = one.properties
    const [x, y] = path.centroid(one)
    return {
      code: mapNames[name] ?? numberOf.get(name) ?? null,
      name,
      path: path(one) ?? '',
      x,
      y,
      size: path.area(one),
    }
  })
}

/** The overseas departments, drawn with France on the map, stand outside the territory of most law for France. */
function apart(one: Shape): Shape[] {
  if (one.properties.name !== 'France' || one.geometry.type !== 'MultiPolygon') return [one]
  const isEurope = (polygon: Position[][]): boolean => {
    const [longitude, latitude] = polygon[0]?.[0] ?? []
    return (latitude ?? 0) > 40 && (longitude ?? 0) > -10
  }
  const polygons = one.geometry.coordinates
  const shape = (name: string, coordinates: Position[][][]): Shape => ({
    type: 'Feature',
    properties: { name },
    geometry: { type: 'MultiPolygon', coordinates },
  })
  const overseas = polygons.filter((polygon) => !isEurope(polygon))
  return [shape('France', polygons.filter(isEurope)), ...overseas.map((polygon) => shape('French Guiana', [polygon]))]
}

/** Antarctica takes a fifth of the picture and no parcels. */
function isShown({ properties }: Shape): boolean {
  return properties.name !== 'Antarctica'
}

/** The map with a class and a tooltip for each country. */
export function worldMap(
  drawn: readonly Drawn[],
  label: string,
  look: (one: Drawn) => { readonly className: string; readonly title: string },
): Html {
  const shapes = drawn.map((one) => {
    const { className, title } = look(one)
    return html`<path class="land ${className}" d="${one.path}"><title>${title}</title></path>`
  })
  const dots = drawn.flatMap((one) => {
    const { className, title } = look(one)
    if (one.size >= smallest || !Number.isFinite(one.x)) return []
    return [
      html`<circle class="land ${className}" cx="${one.x.toFixed(1)}" cy="${one.y.toFixed(1)}" r="3.2"><title>${title}</title></circle>`,
    ]
  })
  return html`<svg class="world" viewBox="0 0 ${mapSize.width} ${mapSize.height}" role="img" aria-label="${label}">${shapes}${dots}</svg>`
}
