import { expect, test } from 'vitest'
import { gathered } from './gathered.ts'

test('what one turn brings is handed over together and in order, what the next turn brings after it', async () => {
  const handed: (readonly number[])[] = []
  const give = gathered<number>((all) => handed.push(all))
  give(1)
  await Promise.resolve()
  give(2)
  expect(handed).toEqual([])
  await new Promise((done) => setTimeout(done, 5))
  give(3)
  await new Promise((done) => setTimeout(done, 5))
  expect(handed).toEqual([[1, 2], [3]])
})
