using System.Globalization;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>
/// The city's rulebook in all its versions: those that a close or an entry has used, as the database keeps them, and those installed as files named
/// <c>{id}.{effective from}.json</c> that may still come into force. Files are read once at start. Thread-safe.
/// </summary>
/// <remarks>
/// A file may reword a version that is in use; other rules under the same day, or a version that begins before what is settled, it may not bring:
/// see <see cref="Faults"/> and <see cref="RulebookUse"/>. ADR 0033.
/// </remarks>
internal sealed class InstalledRulebooks
{
    /// <summary>Where a program has its rulebooks: in its own folder.</summary>
    public static string UsualFolder => Path.Combine(AppContext.BaseDirectory, "Rulebooks");

    private readonly string _missing;
    private readonly IReadOnlyList<RulebookText> _files;
    private volatile Known? _known;

    private InstalledRulebooks(string folder, string id, IReadOnlyList<RulebookText> files)
    {
        _missing = $"No rulebook '{id}' in {folder}; expected {id}.YYYY-MM-DD.json.";
        _files = files;
        Merge([], null);
    }

    /// <summary>Files that cannot count, and why; empty if all do. Known after <see cref="Merge"/>.</summary>
    public IReadOnlyList<string> Faults { get; private set; } = [];

    public IEnumerable<Rulebook> Versions => Current.Shelf.Versions;

    /// <summary>Every version in its newest wording.</summary>
    public IEnumerable<RulebookText> Texts => Current.Texts.Values;

    /// <summary>The version that begins on a day, as an address has it: <c>2016-01-01</c>. Null if none does.</summary>
    public RulebookText? FindFrom(string day) => Texts.FirstOrDefault(text => DayOf(text.Rules) == day);

    /// <summary>Address of the page of a version.</summary>
    public static string PageOf(Rulebook version) => "/rulebook/" + DayOf(version);

    private static string DayOf(Rulebook version) => version.EffectiveFrom.ToString("O", CultureInfo.InvariantCulture);

    private Known Current => _known ?? throw new InvalidDataException(_missing);

    /// <summary>SHA-256 of the version's text, 64 lower-case hex digits.</summary>
    public string HashOf(Rulebook version) => Current.Texts[version.EffectiveFrom].Sha256;

    /// <summary>Hash of the rules that are in force from a day on; null if no version begins on it.</summary>
    public string? RulesFrom(DateOnly from) => Current.Texts.GetValueOrDefault(from)?.RulesSha256;

    /// <summary>The version in force on a day.</summary>
    public Outcome<Rulebook> InForceOn(DateOnly day)
    {
        var shelf = Current.Shelf;
        return day >= shelf.From
            ? shelf.InForceOn(day)
            : Refusal.AgainstRule("no-rulebook", $"No rulebook was in force on {day:yyyy-MM-dd}; {shelf.Id} begins on {shelf.From:yyyy-MM-dd}.");
    }

    /// <summary>Whether a file has rules, or a version, that are not in use.</summary>
    public bool BringOthersThan(IReadOnlyCollection<StoredRulebook> stored)
    {
        var used = stored.Select(row => row.Read()).OfType<RulebookText>().Select(text => (text.From, text.RulesSha256)).ToHashSet();
        return _files.Any(file => !used.Contains((file.From, file.RulesSha256)));
    }

    /// <summary>Puts the files beside what is in use.</summary>
    /// <param name="stored">What the database has, in the order in which it was stored.</param>
    /// <param name="settled">Last day that is settled (<see cref="RulebookUse.SettledAsync"/>); null where nothing is, or where the files are adopted.</param>
    /// <exception cref="InvalidDataException">The database has versions of another rulebook.</exception>
    public void Merge(IReadOnlyCollection<StoredRulebook> stored, DateOnly? settled)
    {
        var texts = new SortedDictionary<DateOnly, RulebookText>();
        var faults = new List<string>();
        foreach (var row in stored)
        {
            if (row.Read() is { } used)
                texts[used.From] = used;
            else
                faults.Add($"The database's text of {row.RulebookId} {row.EffectiveFrom:yyyy-MM-dd} does not have the SHA-256 {row.Sha256}; run verify.");
        }

        foreach (var file in _files)
        {
            if (texts.TryGetValue(file.From, out var same) && same.RulesSha256 != file.RulesSha256)
            {
                faults.Add($"{file.Origin} has other rules than the version of {file.From:yyyy-MM-dd} that is in use (SHA-256 of its text {same.Sha256}). "
                    + $"{Remedy(settled)}");
            }
            else if (same is null && file.From <= settled)
            {
                faults.Add($"{file.Origin} is effective from {file.From:yyyy-MM-dd}, but everything up to {settled:yyyy-MM-dd} is settled by other rules. "
                    + $"{Remedy(settled)}");
            }
            else
            {
                texts[file.From] = file;
            }
        }

        if (texts.Values.Select(text => text.Rules.Id).Distinct().Skip(1).Any())
        {
            throw new InvalidDataException(
                $"The database has used the rulebook {stored.First().RulebookId}; the installed one is {_files[0].Rules.Id}. A city keeps its rulebook.");
        }

        Faults = faults;
        _known = texts.Count == 0 ? null : new(new(texts.Values.Select(text => text.Rules)), texts);
    }

    /// <exception cref="InvalidDataException">A file contradicts itself, or two begin on the same day; every fault is named.</exception>
    public static InstalledRulebooks Read(string folder, string id)
    {
        var faults = new List<string>();
        var read = new List<RulebookText>();
        foreach (var file in Directory.GetFiles(folder, id + ".*.json").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(file);
            if (RulebookText.Read(File.ReadAllBytes(file), name, out var found) is not { } text)
                faults.AddRange(found.Select(fault => $"{name} {fault.Path}: {fault.Message}"));
            else if (read.Find(other => other.From == text.From) is { } twin)
                faults.Add($"{name} $.effectiveFrom: is {text.From:yyyy-MM-dd}, as in {twin.Origin}");
            else
                read.Add(text);
        }

        return faults.Count == 0 ? new(folder, id, read) : throw new InvalidDataException("The rulebook contradicts itself:\n" + string.Join('\n', faults));
    }

    private static string Remedy(DateOnly? settled) =>
        $"Take the file away, or give the new rules a day after {settled:yyyy-MM-dd} in effectiveFrom and a file of their own.";

    private sealed record Known(RulebookShelf Shelf, IReadOnlyDictionary<DateOnly, RulebookText> Texts);
}
