import path from 'node:path'

/** How far reading is, on a terminal; lines that are said stay above it. */
export function importProgress(file: string): {
  say: (line: string) => void
  read: (share: number, rows: number) => void
  end: () => void
} {
  const terminal = process.stderr.isTTY === true
  let drawn = 0
  const clear = (): void => {
    if (drawn > 0) process.stderr.write('\r\u001b[K')
    drawn = 0
  }
  return {
    say: (line) => {
      clear()
      process.stderr.write(`${line}\n`)
    },
    read: (share, rows) => {
      const now = performance.now()
      if (!terminal || now - drawn < 200) return
      drawn = now
      process.stderr.write(
        `\r\u001b[K${path.basename(file)}: ${Math.floor(share * 100)} %, ${rows.toLocaleString('en')} rows`,
      )
    },
    end: clear,
  }
}
