import { describe, expect, it } from 'vitest'
import { latinSpellings, pinyinSpellings } from './transliterate.ts'

describe('transliteration', () => {
  it('writes Russian and Ukrainian in Latin letters as sellers do', () => {
    expect(latinSpellings('семена томата', 'ru')).toEqual(['semena tomata'])
    expect(latinSpellings('яблоня', 'ru')).toEqual(['yablonya', 'jablonja'])
    expect(latinSpellings('насіння', 'uk')).toEqual(['nasinnya', 'nasinnja'])
    expect(latinSpellings('гарбуз', 'uk')).toEqual(['harbuz'])
    expect(latinSpellings('tomato', 'ru')).toEqual([])
  })
  it('writes Chinese in pinyin without tones', () => {
    expect(pinyinSpellings('种子')).toEqual(['zhongzi', 'zhong zi'])
    expect(pinyinSpellings('番茄种子')).toEqual(['fanqiezhongzi', 'fan qie zhong zi'])
  })
})
