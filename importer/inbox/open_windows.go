package inbox

// nonblock is not needed: no folder of Windows holds a FIFO.
const nonblock = 0
