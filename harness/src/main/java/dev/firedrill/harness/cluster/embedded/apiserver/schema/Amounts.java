package dev.firedrill.harness.cluster.embedded.apiserver.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Amounts in the one form in which Kubernetes answers them: {@code 0.5Gi} is {@code 512Mi}, {@code 1000m} is {@code 1}.
 *
 * <p>Source: k8s.io/apimachinery, {@code pkg/api/resource} (canonical form; never finer than a thousandth).
 */
final class Amounts {
    private static final Pattern FORM =
            Pattern.compile("([+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+))([eE][+-]?\\d{1,3}|[numkMGTPE]|[KMGTPE]i)?");
    private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final int NO_SUFFIX = DECIMAL.indexOf("");
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
    private static final int THOUSANDTHS = 3;

    private Amounts() {}

    /**
     * @throws WrongTypeException if it is no amount
     */
    static String canonical(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new WrongTypeException(
                    "quantities must match the regular expression " + "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
        }
        BigDecimal number = new BigDecimal(parts.group(1));
        String suffix = parts.group(2) == null ? "" : parts.group(2);
        if (BINARY.contains(suffix) && !suffix.isEmpty()) {
            return binary(rounded(number.multiply(KIBI.pow(BINARY.indexOf(suffix)))));
        }
        if (DECIMAL.contains(suffix)) {
            return decimal(rounded(number.scaleByPowerOfTen(3 * (DECIMAL.indexOf(suffix) - NO_SUFFIX))), false);
        }
        return decimal(rounded(number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1)))), true);
    }

    private static BigDecimal rounded(BigDecimal number) {
        return number.scale() > THOUSANDTHS ? number.setScale(THOUSANDTHS, RoundingMode.UP) : number;
    }

    private static String binary(BigDecimal number) {
        boolean whole = number.stripTrailingZeros().scale() <= 0;
        if (!whole || number.abs().compareTo(KIBI) < 0) {
            return decimal(number, false);
        }
        BigInteger rest = number.toBigIntegerExact();
        int power = 0;
        while (power < BINARY.size() - 1 && rest.mod(KIBI.toBigInteger()).signum() == 0) {
            rest = rest.divide(KIBI.toBigInteger());
            power++;
        }
        return rest + BINARY.get(power);
    }

    private static String decimal(BigDecimal number, boolean exponential) {
        if (number.signum() == 0) {
            return "0";
        }
        BigDecimal shortest = number.stripTrailingZeros();
        int thousands = Math.floorDiv(-shortest.scale(), 3);
        if (!exponential) {
            thousands = Math.min(thousands, DECIMAL.size() - 1 - NO_SUFFIX);
        }
        BigInteger digits = shortest.scaleByPowerOfTen(-3 * thousands).toBigIntegerExact();
        if (exponential) {
            return digits + (thousands == 0 ? "" : "e" + 3 * thousands);
        }
        return digits + DECIMAL.get(NO_SUFFIX + thousands);
    }
}
