/** Signs of a title, whatever its language. Capitals are none: they tell the shop, not the goods. */
const shapes: readonly (readonly [string, RegExp])[] = [
  ['size', /\d\s?(?:mm|cm|m|inch|in|ft|мм|см|м|厘米|毫米|米|मीटर|เมตร)(?![\p{L}\p{N}])|\d\s?["”″]/iu],
  ['volume', /\d\s?(?:ml|cl|l|oz|fl|мл|л|毫升|मिली|มล|مل)(?![\p{L}\p{N}])/iu],
  ['weight', /\d\s?(?:g|gm|gr|kg|lb|lbs|mg|г|кг|克|斤|公斤|किलो|กก|كجم)(?![\p{L}\p{N}])/iu],
  ['electricity or data', /\d\s?(?:v|w|mah|gb|tb|mb|mp|ghz|hz|k|kw|iu)(?![\p{L}\p{N}])/iu],
  ['pieces', /\d\s?(?:pcs?|pk|pack|ct|pairs?|шт|uds?|stück|st|tlg|pz|szt|adet|粒|个|個|本|개|립|ชิ้น)(?![\p{L}\p{N}])/iu],
  ['so many of', /(?:pack|set|box|lot|pk) (?:of|de) \d/iu],
  ['dimensions', /\d\s?[x×*]\s?\d/iu],
  [
    'model number',
    /(?<![\p{L}\p{N}])(?:[a-z]{1,5}-?\d{2,}|\d+[a-z]{2,}\d+|[a-z]+\d+[a-z]+)[a-z\d-]*(?![\p{L}\p{N}])/iu,
  ],
  ['a letter and a digit', /(?<![\p{L}\p{N}])[a-z]-?\d(?![\p{L}\p{N}])/iu],
  ['quotes of a cultivar', /(?<!\p{L})['‘][\p{L} -]{3,}['’](?!\p{L})/u],
  ['age', /\d\s?\+|(?:age|ages|ab|от|dès)\s\d/iu],
  ['share', /\d\s?%/u],
  ['brackets', /[([（【]/u],
  ['trade mark', /[®™]/u],
  ['clipped words', /(?<!\p{L})[bcdfghjklmnpqrstvwxz]{3,}(?!\p{L})/iu],
  ['apostrophe', /\p{L}['’]s(?!\p{L})/u],
]

const longestShaped = 300

/** Names of the signs that a title shows. */
export function shapesOf(text: string): string[] {
  const start = text.slice(0, longestShaped)
  return shapes.flatMap(([name, sign]) => (sign.test(start) ? [`shape ${name}`] : []))
}
