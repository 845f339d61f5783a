import type { PairingText } from './pairing.ts'

/** The same in English. */
export const pairingEn: PairingText = {
  label: 'The code',
  hint: '8 characters, for example ABCD-EFGH. It works for 10 minutes.',
  connect: 'Connect the phone',
  connecting: 'Connecting …',
  scan: 'Scan the code instead',
  stopScan: 'Stop the camera',
  scanning: 'Point the camera at the square code.',
  noCamera: 'The camera could not be opened. You can type the code instead.',
  otherWay: "You can also open the phone's own camera and point it at the code.",
  fromLink: 'The code came from what you scanned. Tap to connect the phone.',
  already: 'The phone is already connected.',
  toSettings: 'To connect it to someone else, forget it first under Settings.',
  errorHeading: 'The phone is not connected yet',
  incomplete: 'The code has 8 characters. Check if something is missing.',
  invalid: 'The code does not match, has been used or is too old. Ask for a new one.',
}
