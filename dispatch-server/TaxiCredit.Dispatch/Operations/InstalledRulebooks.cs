using System.Security.Cryptography;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>The city's rulebook in all its versions, read once at start from files named <c>{id}.{effective from}.json</c>.</summary>
internal sealed class InstalledRulebooks
{
    /// <summary>Where a program has its rulebooks: in its own folder.</summary>
    public static string UsualFolder => Path.Combine(AppContext.BaseDirectory, "Rulebooks");

    private readonly Dictionary<DateOnly, string> _hashes = [];

    private readonly RulebookShelf _shelf;

    private InstalledRulebooks(RulebookShelf shelf) => _shelf = shelf;

    public IEnumerable<Rulebook> Versions => _shelf.Versions;

    /// <summary>SHA-256 of the version's file, 64 lower-case hex digits.</summary>
    public string HashOf(Rulebook version) => _hashes[version.EffectiveFrom];

    /// <summary>The version in force on a day.</summary>
    public Outcome<Rulebook> InForceOn(DateOnly day) =>
        day >= _shelf.From
            ? _shelf.InForceOn(day)
            : Refusal.AgainstRule("no-rulebook", $"No rulebook was in force on {day:yyyy-MM-dd}; {_shelf.Id} begins on {_shelf.From:yyyy-MM-dd}.");

    /// <summary>A version by its name and text; null if it is not here any more, or has another text.</summary>
    /// <param name="hash">As <see cref="HashOf"/>.</param>
    public Rulebook? Find(string id, DateOnly from, string hash) =>
        Versions.SingleOrDefault(v => v.Id == id && v.EffectiveFrom == from) is { } version && HashOf(version) == hash ? version : null;

    /// <exception cref="InvalidDataException">There is no file, or one that contradicts itself; every fault is named.</exception>
    public static InstalledRulebooks Read(string folder, string id)
    {
        var files = Directory.GetFiles(folder, id + ".*.json");
        if (files.Length == 0)
            throw new InvalidDataException($"No rulebook '{id}' in {folder}; expected {id}.YYYY-MM-DD.json.");

        var read = files.Select(file => (File: file, Text: File.ReadAllText(file)))
            .Select(f => (f.File, f.Text, Reading: RulebookReader.Read(f.Text))).ToList();
        var faults = read.SelectMany(r => r.Reading.Faults.Select(fault => $"{Path.GetFileName(r.File)} {fault.Path}: {fault.Message}")).ToList();
        if (faults.Count > 0)
            throw new InvalidDataException("The rulebook contradicts itself:\n" + string.Join('\n', faults));

        var installed = new InstalledRulebooks(new RulebookShelf(read.Select(r => r.Reading.Rulebook!)));
        foreach (var (file, _, reading) in read)
            installed._hashes[reading.Rulebook!.EffectiveFrom] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
        return installed;
    }
}
