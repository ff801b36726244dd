import type { Inventory, Listing } from '../parcel/inventories.ts'
import type { NameFound } from '../recognise/finding.ts'
import type { Court } from './court.ts'
import { distinctNames } from './distinct-names.ts'
import { itemArticle } from './item-article.ts'
import type { ItemDecision, Reason } from './reason.ts'

/**
 * What inventories say of the plants of an item: labels, which stand behind all other reasons and change none of them. An item
 * that is taken for other goods gets none.
 */
export function labelReasons(item: ItemDecision, destination: number, court: Court): readonly Reason[] {
  const { listingsOf, policy } = court
  const { finding, decisive } = item
  if (listingsOf === null || destination < 0 || decisive === null || itemArticle(item, policy) === 'none')
    return nothing
  // Most items name nothing that is listed: this is found out first, since it costs least.
  const isListed = (taxon: number): boolean => listingsOf(taxon, destination).length > 0
  if (!finding.things.some(({ names }) => names.some(({ taxa }) => taxa.some(isListed)))) return nothing
  const seen = new Set<string>()
  return finding.things.flatMap(({ names }) => {
    const distinct = new Set(distinctNames(names, court.taxa).flat())
    return names.flatMap((name) =>
      name.taxa
        .filter((taxon) => distinct.has(taxon))
        .flatMap((taxon) => listingsOf(taxon, destination))
        .filter((listing) => isNew(listing, seen))
        .map((listing) => labelReason(listing, { item: finding.index, name, court })),
    )
  })
}

const nothing: readonly Reason[] = []

function isNew({ inventory, taxon }: Listing, seen: Set<string>): boolean {
  const key = `${inventory.name} ${taxon}`
  if (seen.has(key)) return false
  seen.add(key)
  return true
}

interface Named {
  readonly item: number
  readonly name: NameFound
  readonly court: Court
}

function labelReason(listing: Listing, { item, name, court }: Named): Reason {
  const { inventory } = listing
  const { text, from, to, taxa } = name
  return {
    kind: 'inventory',
    item,
    slots: { ...listingSlots(listing, court), text, is: taxa.length > 1 ? '@inventory.may-be' : '@inventory.is' },
    evidence: [{ text, from, to }],
    requirement: null,
    inventory,
  }
}

/** What the sentence of a listing is filled with. */
export function listingSlots(
  { inventory, taxon, country }: Listing,
  { taxa, nameOf }: Pick<Court, 'taxa' | 'nameOf'>,
): { readonly name: string; readonly on: string; readonly taxon: string; readonly country: string } {
  return { ...inventorySlots(inventory), taxon: taxa.names[taxon] ?? '', country: nameOf(country) }
}

/** What the source of a label is filled with. */
export function inventorySlots({ name, on }: Inventory): { readonly name: string; readonly on: string } {
  return { name, on }
}
