using System.Globalization;
using System.Text;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>A character that no code, plate, number or name may hold.</summary>
/// <param name="At">Its place, from 1, counted in characters.</param>
internal readonly record struct UnfitCharacter(int At, int Value)
{
    /// <summary><c>U+200B</c>.</summary>
    public override string ToString() => $"U+{Value:X4}";
}

/// <summary>
/// One thing, one spelling: how codes, plates, numbers and names are compared, whoever typed them wherever. What is compared is folded by NFKC, so that
/// full-width letters and compatibility ideographs are the characters that they stand for; what is shown is what was written. ADR 0080.
/// </summary>
internal static class Spelling
{
    /// <summary>Name of the fact in a refusal that tells which character is meant.</summary>
    public const string Fact = "unfit";

    /// <summary>No code, plate, number or name is longer; what is, is nobody's, and is left as it is.</summary>
    private const int MaxFolded = 256;

    /// <summary>The first character that cannot be seen, steers how others are shown, or stands for none that all computers know.</summary>
    public static UnfitCharacter? FindUnfit(string text)
    {
        var at = 0;
        for (var i = 0; i < text.Length; at++)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
                return new(at + 1, text[i]);
            if (IsUnfit(rune))
                return new(at + 1, rune.Value);
            i += rune.Utf16SequenceLength;
        }

        return null;
    }

    /// <param name="what">Field, with an article: <c>a plate</c>.</param>
    public static Refusal? Refuse(string what, string? text) => FindUnfit(text ?? "") is { } unfit
        ? Refusal.Malformed(
            "character-unfit",
            $"{unfit} stands at place {unfit.At} of {what}: a character that cannot be seen, that steers others, or that stands for none. Type it again.")
            with
        {
            Facts = new Dictionary<string, object?> { [Fact] = unfit },
        }
        : null;

    /// <summary>A code of the roster, or a name at the bureau, as it is stored: <c>Ｄ－0001</c> is <c>d-0001</c>.</summary>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(typed))]
    public static string? Code(string? typed) => typed is null ? null : Folded(typed.Trim()).ToLowerInvariant();

    /// <summary>A licence or an employee's number as it is stored and compared: in capitals, without spaces. Null for an empty one.</summary>
    public static string? Number(string? typed) => string.IsNullOrWhiteSpace(typed)
        ? null
        : string.Concat(Folded(typed).Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();

    /// <summary>What a name is compared and sought by: in capitals, without spaces, and every dot between its parts the same.</summary>
    public static string NameKey(string name) =>
        string.Concat(Folded(name).Where(c => !char.IsWhiteSpace(c)).Select(c => IsDot(c) ? '·' : c)).ToUpperInvariant();

    /// <summary>By NFKC, with one hyphen for every dash. What is no text stays as it is.</summary>
    public static string Folded(string typed)
    {
        if (Ascii.IsValid(typed) || typed.Length > MaxFolded || !PlainText.Is(typed))
            return typed;
        return string.Concat(typed.Normalize(NormalizationForm.FormKC).Select(c => IsDash(c) ? '-' : c));
    }

    /// <summary>A dot as people type it between the parts of a plate or a name; the full stop is one of them.</summary>
    public static bool IsDot(char c) => c is '·' or '.' or '•' or '‧' or '∙' or '⋅' or '・' or '●' or '。';

    private static bool IsDash(char c) => c == '−' || char.GetUnicodeCategory(c) == UnicodeCategory.DashPunctuation;

    private static bool IsUnfit(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate => true,
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        _ => IsInvisible(rune.Value) || IsRadical(rune.Value) || IsNone(rune.Value),
    };

    /// <summary>The sign for a lost character, and what Unicode keeps from being one.</summary>
    private static bool IsNone(int c) => c == 0xFFFD || (c & 0xFFFE) == 0xFFFE || c is >= 0xFDD0 and <= 0xFDEF;

    /// <summary>Fillers, joiners and variation selectors, which are letters or marks by their category.</summary>
    private static bool IsInvisible(int c) =>
        c is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0
            or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    /// <summary>Parts of ideographs that look like whole ones, and that NFKC, but for two, knows no ideograph for: they come out of PDF files.</summary>
    private static bool IsRadical(int c) => c is >= 0x2E80 and <= 0x2EFF and not (0x2E9F or 0x2EF3);
}
