/** A list of numbers that grows, in a typed array: millions of them take little room. */
export interface Growing<T extends Int32Array | Uint16Array | Uint8Array> {
  array: T
  length: number
}

export function growingInts(size = 1 << 12): Growing<Int32Array> {
  return { array: new Int32Array(size), length: 0 }
}

export function growingUnits(size = 1 << 12): Growing<Uint16Array> {
  return { array: new Uint16Array(size), length: 0 }
}

export function growingBytes(size = 1 << 12): Growing<Uint8Array> {
  return { array: new Uint8Array(size), length: 0 }
}

/** Adds a number at the end. */
export function add<T extends Int32Array | Uint16Array | Uint8Array>(list: Growing<T>, value: number): void {
  if (list.length === list.array.length) {
    const larger = new (list.array.constructor as new (size: number) => T)(list.length * 2)
    larger.set(list.array)
    list.array = larger
  }
  list.array[list.length] = value
  list.length += 1
}

/** Adds the UTF-16 units of a text at the end. */
export function addText(list: Growing<Uint16Array>, text: string): void {
  for (let at = 0; at < text.length; at += 1) add(list, text.charCodeAt(at))
}

/** The numbers alone. */
export function filled<T extends Int32Array | Uint16Array | Uint8Array>({ array, length }: Growing<T>): T {
  return array.slice(0, length) as T
}
