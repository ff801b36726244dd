import { hints, hintsIn } from './sign-hints.ts'

/** A measure that only made goods have, and where it stands in the text. */
export interface Sign {
  readonly from: number
  readonly to: number
  /** 3: no plant has it; 2: none where no plant is named; 1: some lists of plants have it too. */
  readonly strength: 1 | 2 | 3
  /** Whether it is an amount of a liquid or a dose: heard beside a plant's name where no form is named. */
  readonly liquid: boolean
}

/** Units of electricity, data, light and pressure; and their words. */
const units =
  /(?<![\p{L}\d])\d+(?:[.,]\d+)?(?:\s?(?:mah|wh|ghz|mhz|khz|kw|kwh|gb|tb|mbps|gbps|rpm|psi|btu|dpi|fps|vdc|vac|volts?|watts?|lumens?|amps?|awg|mpx?)|v|w|hz)(?![\p{L}\d])/iu
/** Amounts of liquids, but for the pots and tubes that plants stand in; doses of medicines, factors of sun protection. */
const liquids =
  /(?<![\d.,])\d+(?:[.,]\d+)?\s?(?:ml|fl\.?\s?oz)(?![\p{L}\d])(?!\s?(?:pots?|cells?|plugs?|jars?|tubes?|vials?|flasks?|vessels?)(?!\p{L}))|(?<![\p{L}\d.,])(?:\d+\s?(?:mg|mcg|iu|tabs?|tablets?|caplets?|capsules?|softgels?)|spf\s?\d+)(?![\p{L}\d])/iu
/** The scale of a model: 1:32, 1/72. */
const modelScale =
  /(?<![\d.,/:])1\s?[:/]\s?(?:6|10|12|14|16|18|20|22|24|25|28|32|35|36|38|43|48|50|55|56|60|64|72|76|87|100|120|144|148|150|160|200|220|250|285|300|350|400|500|600|700|1000|1200)(?![\d.,:/%])/u
/** Sizes of clothes: XXL, 3XL, 32x34, W32 L34, EU 42. */
const clothes = /(?<![\p{L}\d])(?:[2-6]xl|x{2,4}[ls]|w\d{2}[ /]?l\d{2}|(?:eu|uk|us) ?\d{1,2}(?:\.5)?)(?![\p{L}\d])/iu
/** A thread, a span of model years. */
const parts = /(?<![\p{L}\d])(?:m\d{1,2}\s?x\s?\d(?:\.\d+)?|(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d)(?![\p{L}\d])/iu
/** A number of a model: letters with at least three digits in a row. Rootstocks of apples (MM106) are none. */
const model =
  /(?<![\p{L}\d#.-])(?!mm1\d\d(?!\d))(?=[\p{L}\d-]*\d{3})(?:[a-z]{1,4}\d{0,2}-?\d{3,}|\d{2,}[a-z]{2,}-?\d+)[a-z\d-]*(?![\p{L}\d])/iu
/** Whom it is for. */
const audience =
  /(?<!\p{L})for (?:men|women|him|her|kids|boys|girls|ladies|gents|toddlers|babies|children|adults|teens)(?!\p{L})/iu
/** A bare number of five digits and more, as shops count their articles; HS codes of plants begin with a nought or 12. */
const item = /(?<![\p{L}\d#.,/:+-])(?!12|20\d\d)[1-9]\d{4,7}(?![\p{L}\d.,/:-])/u

/** The signs, the loudest first, each with what a text must hold for it. */
export const signs: readonly (readonly [RegExp, Sign['strength'], hint: number])[] = [
  [units, 3, hints.unit],
  [modelScale, 3, hints.scale],
  [liquids, 2, hints.liquid],
  [parts, 2, hints.part],
  [clothes, 1, hints.cloth],
  [model, 1, hints.model],
  [audience, 1, hints.audience],
  [item, 1, hints.item],
]

const longestRead = 300

/** The loudest sign of made goods in a text, or null. Capitals are none: they tell the shop, not the goods. */
export function signOfGoods(text: string): Sign | null {
  const start = text.length > longestRead ? text.slice(0, longestRead) : text
  const may = hintsIn(start)
  if (may === 0) return null
  for (const [sign, strength, hint] of signs) {
    if ((may & hint) === 0) continue
    const found = sign.exec(start)
    if (found !== null)
      return { from: found.index, to: found.index + found[0].length, strength, liquid: sign === liquids }
  }
  return null
}
