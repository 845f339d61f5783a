/** The Danish words about the days from first contact to first talk. All drafts. */
export const firstDaysDa = {
  heading: 'At komme i gang',
  today: (limit: number) => `Du har ret til at komme i gang inden ${limit} dage. Dagene tæller fra i dag.`,
  running: (day: number, limit: number) => `Du har ret til at komme i gang inden ${limit} dage. I dag er det dag ${day}.`,
  over: (day: number, limit: number) => `Du har ret til at komme i gang inden ${limit} dage. Nu er det dag ${day}. Ring til os, så finder vi en tid.`,
  waived: (limit: number, reason: string) => `De ${limit} dage gælder ikke lige nu. ${reason}.`,
  wrong: 'Passer det ikke? Så sig det til din kontaktperson.',
}
