/** What else one can be told of, in Danish. `notices.en.ts` has the same shape. All drafts. */
export const noticesDa = {
  sessions: 'Når dit hold mødes: dagen før, og hvis noget bliver ændret',
  exercises: 'Når der er en øvelse til dig',
  questionnaires: 'Når der er spørgsmål til dig',
}
