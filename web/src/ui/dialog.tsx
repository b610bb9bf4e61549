/** A question that is answered before anything else: the platform's own dialog, with its focus and its Escape. */
import { X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { say } from '../words/say.ts'

export function Dialog({
  title,
  onClose,
  children,
  top = false,
  width = 'max-w-[34rem]',
}: {
  title: string
  onClose: () => void
  children: ReactNode
  /** Near the top of the window, for palettes. */
  top?: boolean
  width?: string
}) {
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = element.current
    if (dialog && !dialog.open) dialog.showModal()
    return () => dialog?.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, as the platform does
    <dialog
      ref={element}
      aria-label={title}
      onCancel={onClose}
      onClick={(event) => event.target === element.current && onClose()}
      className={`w-[calc(100vw-2rem)] ${width} rounded border border-line bg-raised p-0 shadow-menu ${top ? 'mt-[12vh]' : ''}`}
    >
      {top ? (
        children
      ) : (
        <div className="p-5">
          <div className="mb-3 flex items-center gap-4">
            <h2 className="text-title">{title}</h2>
            <button
              type="button"
              aria-label={say('dialog.close')}
              onClick={onClose}
              className="ml-auto grid size-8 place-items-center rounded text-muted hover:bg-hover"
            >
              <X size={16} aria-hidden />
            </button>
          </div>
          {children}
        </div>
      )}
    </dialog>
  )
}
