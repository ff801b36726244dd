import { type CheckPolicy, silentChecks } from '../core/decide/policy.ts'
import { measures } from '../core/require/pack.ts'
import { type Fault, tell } from './fault.ts'
import { asMap, asNumber, asWords, checkKeys, type MapNode, type Node, under } from './yaml.ts'

const keys = ['order', 'possible', 'receiptDays', 'sameOffer', 'rewordings'] as const

/** Reads what the policy says of checks before the sale; every value must be there. */
export function asChecks(node: Node, what: string, faults: Fault[]): CheckPolicy {
  const map = asMap(node, what, faults)
  if (map === null) return silentChecks
  checkKeys(map, keys, [], faults)
  const sameOffer = under(map, 'sameOffer', asNumber, faults) ?? silentChecks.sameOffer
  if (sameOffer <= 0 || sameOffer > 1)
    tell(faults, map, `"sameOffer" is a share above 0 and up to 1, here is ${sameOffer}.`)
  return {
    order: under(map, 'order', asOrder, faults) ?? measures,
    possible: countUnder(map, 'possible', faults),
    receiptDays: countUnder(map, 'receiptDays', faults),
    sameOffer,
    rewordings: countUnder(map, 'rewordings', faults),
  }
}

function countUnder(map: MapNode, key: 'possible' | 'receiptDays' | 'rewordings', faults: Fault[]): number {
  const count = under(map, key, asNumber, faults) ?? silentChecks[key]
  if (!Number.isInteger(count) || count < 0)
    tell(faults, map, `"${key}" is a whole number from 0 on, here is ${count}.`)
  return count
}

function asOrder(node: Node, what: string, faults: Fault[]): CheckPolicy['order'] {
  const order = asWords(node, what, measures, faults)
  if (order.length === measures.length && new Set(order).size === measures.length) return order
  tell(faults, node, `"${what}" names each measure once: ${measures.join(', ')}.`)
  return measures
}
