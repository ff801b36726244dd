import { describe, expect, it } from 'vitest'
import type { Fault } from './fault.ts'
import { inflect, readInflections } from './inflections.ts'

const languages = [{ code: 'ru', name: 'Russian', head: 'first', compounds: false, international: false }] as const
const file = (text: string) => ({ path: 'inflections/ru.csv', shown: 'knowledge/inflections/ru.csv', text })
const rulesOf = (text: string, faults: Fault[] = []) => readInflections([file(text)], languages, faults).get(0) ?? []

describe('inflection', () => {
  const rules = rulesOf('ending,forms,note\n# genitive; accusative,,\nа,ы;у,\nая,ой;ую,\n^семена,семян;семена,\n')
  const joints = new Set(['0 для'])

  it('puts adjective and noun in the same case', () => {
    expect(inflect({ text: 'чёрная смородина', language: 0 }, { rules, joints, headFirst: true })).toEqual([
      'чёрной смородины',
      'чёрной смородина',
      'чёрную смородину',
      'чёрную смородина',
    ])
  })
  it('leaves what stands behind a preposition as it is, and knows irregular words', () => {
    expect(inflect({ text: 'семена для посева', language: 0 }, { rules, joints, headFirst: true })).toEqual([
      'семян для посева',
    ])
  })
  it('tells which ending cannot be read', () => {
    const faults: Fault[] = []
    rulesOf('ending,forms\n*а,ы\nя,\n', faults)
    expect(faults.map(({ line, sentence }) => `${line} ${sentence}`)).toEqual([
      '2 "*а" is no ending. Write letters, a class of letters in brackets, or ^ before a whole word.',
      '3 "я" has no forms. Write the endings that take its place, divided by ;.',
    ])
  })
})
