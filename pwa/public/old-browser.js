// Runs only where the app cannot: says so, and shows the help.
document.getElementById('old-browser').hidden = false
document.getElementById('hjaelp').style.display = 'block'
