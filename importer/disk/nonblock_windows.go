package disk

// NonBlock is not needed: no folder of Windows holds a FIFO.
const NonBlock = 0
