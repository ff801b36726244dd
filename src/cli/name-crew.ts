import { availableParallelism } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Block } from '../intake/blocks.ts'
import { type BlockAnswer, type NameStart, nameAnswerer } from './name-block.ts'
import { nameForm } from './name-rows.ts'

/** Answers blocks of names, in their order. */
export interface NameCrew {
  readonly header: string
  readonly answers: (blocks: AsyncIterable<Block>) => AsyncGenerator<BlockAnswer>
  readonly close: () => Promise<void>
}

/** So many blocks are answered before anyone helps: most lists of names are short. */
const blocksAlone = 4
const mostHelpers = 3
/** Most blocks that a helper is given at once, and that wait for one before them. */
const mostGiven = 2
const mostWaiting = 8

/** An answer that may still be under way. */
interface Waiting {
  done: boolean
  readonly answer: Promise<BlockAnswer> | BlockAnswer
}

/** Makes a crew: this thread, and for a long list as many threads beside it as the machine has room for. */
export function nameCrew(start: NameStart): NameCrew {
  const alone = nameAnswerer(start)
  const helpers: Helper[] = []
  const wanted = Math.min(mostHelpers, availableParallelism() - 1)
  const take = (block: Block): Waiting => {
    const free = helpers.find((helper) => helper.isFree())
    if (free === undefined) return { done: true, answer: alone(block) }
    const settled = (): void => {
      waiting.done = true
    }
    const waiting: Waiting = { done: false, answer: free.answer(block).finally(settled) }
    return waiting
  }
  async function* answers(blocks: AsyncIterable<Block>): AsyncGenerator<BlockAnswer> {
    const waiting: Waiting[] = []
    let number = 0
    for await (const block of blocks) {
      number += 1
      while (number > blocksAlone && helpers.length < wanted) helpers.push(newHelper(start))
      waiting.push(take(block))
      // What helpers have done is heard only when this thread pauses.
      if (helpers.length > 0) await setImmediate()
      while (waiting[0]?.done === true || waiting.length > mostWaiting) yield await (waiting.shift() as Waiting).answer
    }
    for (const { answer } of waiting) yield await answer
  }
  const close = async (): Promise<void> => {
    await Promise.all(helpers.map((helper) => helper.end()))
  }
  return { header: nameForm(start.form, start.width).header, answers, close }
}

interface Helper {
  readonly isFree: () => boolean
  readonly answer: (block: Block) => Promise<BlockAnswer>
  readonly end: () => Promise<unknown>
}

/** A thread that answers blocks in the order in which they come, from when it is ready. */
function newHelper(start: NameStart): Helper {
  const worker = new Worker(new URL('../name-worker.js', import.meta.url), { workerData: start })
  const given: { done: (answer: BlockAnswer) => void; failed: (error: unknown) => void }[] = []
  let ready = false
  worker.on('message', (answer: BlockAnswer | 'ready') => {
    if (answer === 'ready') ready = true
    else given.shift()?.done(answer)
  })
  worker.on('error', (error) => {
    ready = false
    for (const { failed } of given.splice(0)) failed(error)
  })
  return {
    isFree: () => ready && given.length < mostGiven,
    answer: (block) =>
      new Promise((done, failed) => {
        given.push({ done, failed })
        worker.postMessage(block)
      }),
    end: () => worker.terminate(),
  }
}
