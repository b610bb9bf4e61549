/** A text as a QR code (ISO/IEC 18004). Always dark on light: cameras do not read the other way round everywhere. */
import { encode } from 'uqr'

/** Quiet zone around the code, in modules; the standard asks for four. */
const QUIET = 4

/** @param label what it holds, for whoever does not see it; never the text itself */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET })
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="w-52 max-w-full self-center rounded"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  )
}
