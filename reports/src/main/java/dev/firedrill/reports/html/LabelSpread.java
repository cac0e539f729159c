package dev.firedrill.reports.html;

import java.util.ArrayList;
import java.util.List;

/** Moves labels apart until none overlaps, each as near to its place as the others allow. */
final class LabelSpread {
    private LabelSpread() {}

    private record Block(double sum, int count, double pitch) {
        // Labels of a block stand side by side; the block's own place minimises the squares of their moves.
        double start() {
            return sum / count;
        }

        Block and(Block next) {
            return new Block(sum + next.sum - next.count * (count * pitch), count + next.count, pitch);
        }

        double end() {
            return start() + count * pitch;
        }
    }

    /**
     * Places labels.
     *
     * @param wanted the wanted centres, in rising order
     * @param pitch the room of one label
     * @return the centres, in the same order, within the bounds as far as there is room
     */
    static List<Double> place(List<Double> wanted, double pitch, double low, double high) {
        List<Block> blocks = new ArrayList<>();
        for (double centre : wanted) {
            Block block = new Block(centre, 1, pitch);
            while (!blocks.isEmpty() && blocks.get(blocks.size() - 1).end() > block.start()) {
                block = blocks.remove(blocks.size() - 1).and(block);
            }
            blocks.add(block);
        }
        List<Double> placed = new ArrayList<>();
        blocks.forEach(block -> {
            for (int i = 0; i < block.count(); i++) {
                placed.add(block.start() + i * pitch);
            }
        });
        keepInside(placed, pitch, low, high);
        return placed;
    }

    private static void keepInside(List<Double> placed, double pitch, double low, double high) {
        for (int i = placed.size() - 1, left = 0; i >= 0; i--, left++) {
            placed.set(i, Math.min(placed.get(i), high - left * pitch));
        }
        for (int i = 0; i < placed.size(); i++) {
            placed.set(i, Math.max(placed.get(i), low + i * pitch));
        }
    }
}
