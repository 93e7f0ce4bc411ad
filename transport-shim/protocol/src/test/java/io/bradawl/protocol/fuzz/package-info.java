/**
 * Fuzz targets: what everybody may send to the codecs and machines of this module, and what must
 * hold whatever that is. As ordinary tests they run the inputs under {@code src/test/resources};
 * {@code it-tests/fuzz} looks for new ones.
 */
@NullMarked
package io.bradawl.protocol.fuzz;

import org.jspecify.annotations.NullMarked;
