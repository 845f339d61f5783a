import type { RightsText } from './rights.ts'

/** Every English word about what a person may ask of those who hold something about them. All drafts. */
export const rightsEn: RightsText = {
  takeHeading: 'Take it all with you',
  takeText: 'You can have everything that is stored about you: appointments, goals, plan, and when somebody has looked at it.',
  takePdf: 'Get it as a PDF to read',
  takeJson: 'Get it as a file for another system',
  takeNetwork: 'This needs a network. The file is called “overblik” and stays on the phone afterwards.',
  eraseCard: 'Have everything erased',
  eraseCan: 'You can ask us to erase everything about you. It happens after 7 days, so you have time to change your mind.',
  erase: 'Ask to have everything erased',
  eraseHeading: 'Erase everything about me?',
  eraseWhat: 'Appointments, goals, plan and everything you wrote are erased with us and on your phones. You get no reminders.',
  eraseRegret: 'It takes 7 days. Until then you can change your mind here.',
  eraseYes: 'Yes, ask for it',
  eraseNo: 'No, keep it',
  eraseDue: (day) => `Everything about you will be erased ${day}.`,
  withdraw: 'Undo, keep everything',
  noNetwork: 'That was not possible right now. Try again when there is a connection.',
}
