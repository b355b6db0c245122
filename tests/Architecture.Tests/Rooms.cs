using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;

namespace Architecture.Tests;

/// <summary>Arrows between rooms: from each room to those whose types its compiled code names, anywhere. A constant leaves no trace in compiled code.</summary>
internal sealed class Rooms
{
    private Rooms(SortedDictionary<string, SortedDictionary<string, string>> arrows) => Arrows = arrows;

    /// <summary>Per room the rooms it uses, each with one place where it does: <c>SignIn -> Driver</c>.</summary>
    public SortedDictionary<string, SortedDictionary<string, string>> Arrows { get; }

    /// <param name="roomOf">Name of the room of a namespace; null for one that is none of ours.</param>
    public static Rooms Of(Func<string, string?> roomOf, params Assembly[] assemblies)
    {
        var arrows = new SortedDictionary<string, SortedDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var type in new ArchLoader().LoadAssemblies(assemblies).Build().Types)
        {
            if (type.Namespace is not { } home || roomOf(home.FullName) is not { } from)
                continue;
            arrows.TryAdd(from, new(StringComparer.Ordinal));
            foreach (var used in type.Dependencies.Select(dependency => dependency.Target))
            {
                // Type parameters of one name are one type to the library, wherever they stand.
                if (used is not GenericParameter && used.Namespace is { } there && roomOf(there.FullName) is { } to && to != from)
                    arrows[from].TryAdd(to, $"{type.Name} -> {used.Name}");
            }
        }

        return new(arrows);
    }

    /// <summary>Arrows that the table does not allow, and allowed ones that nobody uses.</summary>
    public IEnumerable<string> DifferencesFrom(IReadOnlyDictionary<string, IReadOnlyList<string>> table)
    {
        foreach (var (from, uses) in Arrows)
        {
            if (!table.TryGetValue(from, out var allowed))
                yield return $"{from} has no row in the table";
            foreach (var (to, example) in uses.Where(use => allowed?.Contains(use.Key) != true))
                yield return $"{from} -> {to} is not in the table: {example}";
        }

        foreach (var (from, allowed) in table)
        {
            foreach (var to in allowed.Where(to => !Arrows.TryGetValue(from, out var uses) || !uses.ContainsKey(to)))
                yield return $"{from} -> {to} is in the table and nobody needs it";
        }
    }

    /// <summary>A ring of rooms, each with why it needs the next; null if there is none.</summary>
    public string? FindRing()
    {
        var done = new HashSet<string>();
        var path = new List<string>();
        return Arrows.Keys.Select(room => RingFrom(room, path, done)).FirstOrDefault(ring => ring is not null);
    }

    private string? RingFrom(string room, List<string> path, HashSet<string> done)
    {
        if (path.IndexOf(room) is >= 0 and var start)
            return string.Join("; ", path[start..].Zip(path[(start + 1)..].Append(room), (from, to) => $"{from} needs {to} ({Arrows[from][to]})"));
        if (!done.Add(room) || !Arrows.TryGetValue(room, out var uses))
            return null;

        path.Add(room);
        var ring = uses.Keys.Select(next => RingFrom(next, path, done)).FirstOrDefault(found => found is not null);
        path.RemoveAt(path.Count - 1);
        return ring;
    }
}
