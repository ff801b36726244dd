import { parentPort, workerData } from 'node:worker_threads'
import { type NameStart, nameAnswerer } from './cli/name-block.ts'
import type { Block } from './intake/blocks.ts'

const answer = nameAnswerer(workerData as NameStart)

parentPort?.on('message', (block: Block) => {
  const { text, count } = answer(block)
  // The bytes are handed over when they have a buffer of their own.
  const own = text.byteLength === text.buffer.byteLength ? [text.buffer as ArrayBuffer] : []
  parentPort?.postMessage({ text, count }, own)
})
parentPort?.postMessage('ready')
