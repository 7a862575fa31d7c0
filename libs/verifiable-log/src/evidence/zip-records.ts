/** What the pieces of a ZIP file (APPNOTE 6.3) begin with, and how large their fixed parts are. */
export const LOCAL_FILE = { signature: 0x04034b50, bytes: 30 };
export const CENTRAL_FILE = { signature: 0x02014b50, bytes: 46 };
export const END = { signature: 0x06054b50, bytes: 22 };
export const END_64 = { signature: 0x06064b50, bytes: 56 };
export const END_64_LOCATOR = { signature: 0x07064b50, bytes: 20 };

export const STORED = 0;
export const DEFLATED = 8;
/** Bit 3: CRC and sizes stand behind the file. */
export const SIZES_FOLLOW = 0x0008;
/** Bit 11: names are UTF-8. */
export const UTF8_NAMES = 0x0800;

/** A field of this value stands in the 64-bit record instead. */
export const IN_64_BITS = 0xffffffff;
export const COUNT_IN_64_BITS = 0xffff;
/** Extra field that carries what did not fit into 32 bits. */
export const EXTRA_64 = 0x0001;
