'use strict';
/*
 * Every npm script starts here: `run.cjs NAME [arguments]`. It makes ready what the command needs
 * and then runs it under Node 24. Written so that an old Node gets as far as the message below.
 */
var OLDEST_NODE = 20;
if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  process.stderr.write(
    'Keel sets itself up with Node ' +
      OLDEST_NODE +
      ' or newer; this is ' +
      process.versions.node +
      '. Install a newer Node and run the command again.\n',
  );
  process.exit(1);
}
void require('./launch.cjs').launch(process.argv[2], process.argv.slice(3));
