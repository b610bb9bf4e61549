/** A small .xlsx file, made by hand so that no binary lies in the repository: parts packed by the rules of zip. */
import { crc32, deflateRawSync } from 'node:zlib'

/** A sheet whose cells are shared strings, inline strings, numbers and booleans, and a second one, Notes, if it has rows. */
export function madeSpreadsheet(sheetXml: string, sharedStrings: readonly string[], notesXml?: string): Buffer {
  return zip({
    'xl/workbook.xml': `<workbook><sheets><sheet name="Cases" sheetId="1" r:id="rId1"/>${notesXml === undefined ? '' : '<sheet name="Notes" sheetId="2" r:id="rId2"/>'}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="worksheets/sheet2.xml"/></Relationships>',
    'xl/sharedStrings.xml': `<sst>${sharedStrings.map((text) => `<si><t xml:space="preserve">${text}</t></si>`).join('')}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${sheetXml}</sheetData></worksheet>`,
    ...(notesXml !== undefined && {
      'xl/worksheets/sheet2.xml': `<worksheet><sheetData>${notesXml}</sheetData></worksheet>`,
    }),
    'docProps/thumbnail.jpeg': 'not read',
  })
}

function zip(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(files)) {
    const bytes = Buffer.from(text)
    const packed = deflateRawSync(bytes)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(crc32(bytes), 16)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(bytes.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(at, 42)
    parts.push(local, Buffer.from(name), packed)
    directory.push(entry, Buffer.from(name))
    at += 30 + name.length + packed.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(files).length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, list, end])
}
