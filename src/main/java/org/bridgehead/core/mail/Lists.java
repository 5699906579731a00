package org.bridgehead.core.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Immutable lists made from others without the detour over a stream. Nearly every message has one or two recipients, and
 * a hub makes a dozen such lists for each; those that the constructors of records take over need no further copy.
 */
public final class Lists {
    private Lists() {}

    /** What {@code function} makes of each element, in order. */
    public static <A, B> List<B> map(List<A> list, Function<? super A, ? extends B> function) {
        return switch (list.size()) {
            case 0 -> List.of();
            case 1 -> List.of(function.apply(list.get(0)));
            case 2 -> List.of(function.apply(list.get(0)), function.apply(list.get(1)));
            default -> mapMany(list, function);
        };
    }

    @SuppressWarnings("unchecked")
    private static <A, B> List<B> mapMany(List<A> list, Function<? super A, ? extends B> function) {
        Object[] made = new Object[list.size()];
        for (int i = 0; i < made.length; i++) {
            made[i] = function.apply(list.get(i));
        }
        return (List<B>) List.of(made);
    }

    /** The elements that fulfil {@code condition}, in order. */
    public static <A> List<A> filter(List<A> list, Predicate<? super A> condition) {
        if (list.size() == 1) {
            A only = list.get(0);
            return condition.test(only) ? List.of(only) : List.of();
        }
        List<A> kept = new ArrayList<>(list.size());
        for (A element : list) {
            if (condition.test(element)) {
                kept.add(element);
            }
        }
        return List.copyOf(kept);
    }

    /** Whether all elements fulfil {@code condition}. */
    public static <A> boolean allMatch(List<A> list, Predicate<? super A> condition) {
        for (A element : list) {
            if (!condition.test(element)) {
                return false;
            }
        }
        return true;
    }

    /** The elements of one type, in order. */
    public static <A> List<A> only(Class<A> type, List<? super A> list) {
        if (list.size() <= 1) {
            return list.isEmpty() || !type.isInstance(list.get(0)) ? List.of() : List.of(type.cast(list.get(0)));
        }
        List<A> kept = new ArrayList<>(list.size());
        for (Object element : list) {
            if (type.isInstance(element)) {
                kept.add(type.cast(element));
            }
        }
        return List.copyOf(kept);
    }

    /** The list with one element more at its end. */
    public static <A> List<A> plus(List<? extends A> list, A last) {
        return switch (list.size()) {
            case 0 -> List.of(last);
            case 1 -> List.of(list.get(0), last);
            case 2 -> List.of(list.get(0), list.get(1), last);
            default -> plusMany(list, last);
        };
    }

    @SuppressWarnings("unchecked")
    private static <A> List<A> plusMany(List<? extends A> list, A last) {
        Object[] all = new Object[list.size() + 1];
        for (int i = 0; i < list.size(); i++) {
            all[i] = list.get(i);
        }
        all[list.size()] = last;
        return (List<A>) List.of(all);
    }
}
