process.stderr.write('Keel is ready: npm start opens the desk\n');
