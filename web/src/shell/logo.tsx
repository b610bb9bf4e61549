export function Logo() {
  return (
    <span className="inline-flex items-center gap-2 text-prose font-semibold">
      <svg aria-hidden="true" width="20" height="20" viewBox="0 0 32 32">
        <rect width="32" height="32" rx="7" fill="var(--accent)" />
        <path d="M6 23 26 9l-6.5 15.5-3.9-6.3Z" fill="var(--on-accent)" />
      </svg>
      Airworthy
    </span>
  )
}
