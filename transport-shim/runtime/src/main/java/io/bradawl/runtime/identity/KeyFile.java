package io.bradawl.runtime.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.bradawl.protocol.crypto.Secret;
import io.bradawl.protocol.crypto.X25519KeyPair;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * The file behind {@code bradawl.identity}. Two lines of ASCII: what it is, and the 32 octets of
 * the private key (RFC 7748 section 5) in base64 (RFC 4648 section 4).
 *
 * <pre>
 * bradawl private key x25519
 * dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo=
 * </pre>
 */
public final class KeyFile {

  private static final byte[] HEADER = "bradawl private key x25519\n".getBytes(US_ASCII);
  private static final int ENCODED_LENGTH = 44;
  private static final String REMEDY = "; make one with: java -jar bradawl-agent.jar keygen <file>";

  private KeyFile() {}

  /**
   * Reads a private key.
   *
   * @throws PrivateFileException if the file is not there, not private or not of this form
   */
  public static Secret read(Path file) throws PrivateFileException {
    byte[] content = PrivateFile.read(file, PrivateFile.Readers.OWNER);
    try {
      return Secret.takeOver(decode(file, content));
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  /** Reads a private key, after drawing it if there is no such file yet. */
  public static Secret readOrCreate(Path file) throws PrivateFileException {
    if (Files.notExists(file)) {
      try {
        return create(file, new SecureRandom());
      } catch (FileAlreadyExistsException e) {
        // Another process has been faster; its key is ours.
      }
    }
    return read(file);
  }

  /**
   * Draws a private key and writes it to a file that only its owner can read.
   *
   * @throws FileAlreadyExistsException if there is anything of that name
   * @throws PrivateFileException if the file cannot be made
   */
  public static Secret create(Path file, SecureRandom random)
      throws FileAlreadyExistsException, PrivateFileException {
    byte[] key = new byte[X25519KeyPair.LENGTH];
    random.nextBytes(key);
    byte[] content = encode(key);
    try {
      NewPrivateFile.create(file, content);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
    return Secret.takeOver(key);
  }

  private static byte[] encode(byte[] key) {
    byte[] encoded = Base64.getEncoder().encode(key);
    byte[] content =
        ByteBuffer.allocate(HEADER.length + encoded.length + 1)
            .put(HEADER)
            .put(encoded)
            .put((byte) '\n')
            .array();
    Arrays.fill(encoded, (byte) 0);
    return content;
  }

  private static byte[] decode(Path file, byte[] content) throws PrivateFileException {
    int end = HEADER.length + ENCODED_LENGTH;
    boolean begins =
        content.length >= end && Arrays.equals(content, 0, HEADER.length, HEADER, 0, HEADER.length);
    if (!begins || !isBlank(content, end)) {
      throw new PrivateFileException(file + " is not a private key of Bradawl" + REMEDY);
    }
    byte[] encoded = Arrays.copyOfRange(content, HEADER.length, end);
    try {
      byte[] key = Base64.getDecoder().decode(encoded);
      if (key.length == X25519KeyPair.LENGTH) {
        return key;
      }
      Arrays.fill(key, (byte) 0);
    } catch (IllegalArgumentException e) {
      // Its message quotes what may be a part of the key.
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
    throw new PrivateFileException(
        file + " is damaged: its second line is not 32 octets in base64" + REMEDY);
  }

  private static boolean isBlank(byte[] content, int from) {
    for (int i = from; i < content.length; i++) {
      if (content[i] != '\n' && content[i] != '\r') {
        return false;
      }
    }
    return true;
  }
}
