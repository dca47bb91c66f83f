/** The empty block that ends every complete bgzip file (SAM specification, section 4.1.2). */
const END_MARK = Buffer.from('1f8b08040000000000ff0600424302001b0003000000000000000000', 'hex');

/** Whether a gzip file is made of bgzip blocks: its first member carries the `BC` extra field. */
export function looksBgzipped(bytes: Buffer): boolean {
  return bytes.length >= 16 && bytes[3] === 4 && bytes[12] === 0x42 && bytes[13] === 0x43;
}

/** Whether a bgzip file ends with its end mark; without it blocks are missing, although each block is whole. */
export function endsProperly(tail: Buffer): boolean {
  return tail.subarray(-END_MARK.length).equals(END_MARK);
}
