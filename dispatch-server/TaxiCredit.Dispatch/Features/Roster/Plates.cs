using System.Text.RegularExpressions;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Roster;

/// <summary>
/// Plates, however they are written: dots, dashes, spaces and case do not count, the province's character counts in either script, and O and I in a
/// serial are 0 and 1, for the serials of plates have neither letter. A plate of a new-energy vehicle has six characters behind the letter of the city
/// in the place of five: one of A to H, J, K first and four digits last, or five digits and such a letter. ADR 0080 says where that was read.
/// </summary>
internal static partial class Plates
{
    public const int MaxLength = 64;

    private const string Provinces = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新";

    private static readonly Dictionary<char, char> Traditional = new()
    {
        ['晉'] = '晋', ['遼'] = '辽', ['滬'] = '沪', ['蘇'] = '苏', ['閩'] = '闽', ['贛'] = '赣', ['魯'] = '鲁', ['粵'] = '粤', ['瓊'] = '琼', ['貴'] = '贵',
        ['雲'] = '云', ['陝'] = '陕', ['寧'] = '宁',
    };

    /// <summary>What two spellings of one plate have in common; empty for what has neither letter nor digit.</summary>
    public static string KeyOf(string plate)
    {
        var key = Stripped(plate);
        return Plate().IsMatch(key) ? string.Concat(key[..2], Serial(key[2..]))
            : IsWithoutProvince(key) ? string.Concat(key[..1], Serial(key[1..]))
            : key;
    }

    /// <summary>Keys of the plates that this may be: without a province it may be of any.</summary>
    public static IReadOnlyList<string> KeysOf(string typed)
    {
        var key = KeyOf(typed);
        return IsWithoutProvince(key) ? [key, .. Provinces.Select(province => province + key)] : [key];
    }

    /// <summary>What is looked for in keys where somebody types part of a plate; empty where nothing of it can be.</summary>
    public static string PartOf(string typed) => Stripped(typed);

    /// <summary>What is wrong with a plate that a cab is to have.</summary>
    public static Refusal? FindFault(string? plate)
    {
        if (string.IsNullOrWhiteSpace(plate) || plate.Length > MaxLength)
            return RosterRules.Length(plate);
        if (Spelling.Refuse("a plate", plate) is { } unfit)
            return unfit;
        var key = Stripped(plate);
        if (key.Length == 0 || key.Any(c => !char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c) && !IsIdeograph(c)))
        {
            return Refusal.Malformed(
                "plate-character", $"'{plate}' is no plate: it has ideographs, letters of A to Z and digits, with dots, dashes or spaces between them.");
        }

        if (IsWithoutProvince(key))
            return Refusal.Malformed("plate-province", $"'{plate}' lacks the character of its province; write it in front, as in 鲁K·T0001.");
        return !Provinces.Contains(key[0], StringComparison.Ordinal) || Ordinary().IsMatch(KeyOf(key)) || NewEnergy().IsMatch(KeyOf(key))
            ? null
            : Refusal.Malformed(
                "plate-form",
                $"'{plate}' is no plate: five letters or digits stand behind province and letter, or six of a new-energy vehicle, as in 鲁K·D12345.");
    }

    private static string Serial(string key) => key.Replace('O', '0').Replace('I', '1');

    private static bool IsWithoutProvince(string key) => WithoutProvince().IsMatch(key);

    private static bool IsIdeograph(char c) => c is (>= '㐀' and <= '鿿') or (>= '\uFA0E' and <= '\uFA29');

    /// <summary>Letters and digits in capitals, with the province's character in its simplified form.</summary>
    private static string Stripped(string plate)
    {
        var key = string.Concat(Spelling.Folded(plate).ToUpperInvariant().Where(char.IsLetterOrDigit));
        return key.Length > 0 && Traditional.TryGetValue(key[0], out var simplified) ? simplified + key[1..] : key;
    }

    [GeneratedRegex("^[" + Provinces + "][A-Z][A-Z0-9]{4,5}[A-Z0-9学警挂港澳]$")]
    private static partial Regex Plate();

    [GeneratedRegex("^[A-Z](?=[A-Z0-9]*[0-9])[A-Z0-9]{5,6}$")]
    private static partial Regex WithoutProvince();

    [GeneratedRegex("^.[A-Z][A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9学警挂港澳]$")]
    private static partial Regex Ordinary();

    [GeneratedRegex("^.[A-Z](?:[A-HJK][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[A-HJK])$")]
    private static partial Regex NewEnergy();
}
