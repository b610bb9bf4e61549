/** Loaded before a measured program: answers every message of the parent with what the whole process has used. */
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ processorMs: (user + system) / 1000, megabytes: process.memoryUsage.rss() / 1024 / 1024 })
})
// Being asked is no reason to stay.
process.channel?.unref()
