import { visible } from '../../cli/visible.ts'

/** A piece of HTML that is safe to write as it stands. Only `html` and `trusted` make one. */
export class Html {
  readonly source: string
  constructor(source: string) {
    this.source = source
  }
}

/** What may stand in a template: text, which is escaped, or HTML made by a template. */
export type Content = string | number | Html | null | readonly Content[]

/** A template whose values are escaped unless they were made by a template. Unseen characters in them are shown. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(parts.reduce((source, part, at) => source + written(values[at - 1] ?? null) + part))
}

/** HTML from a constant of this program, never from what was declared. */
export function trusted(source: string): Html {
  return new Html(source)
}

function written(value: Content): string {
  if (value === null) return ''
  if (value instanceof Html) return value.source
  if (typeof value === 'object') return value.map(written).join('')
  return escaped(visible(String(value)))
}

const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => names[character] ?? '')
}
