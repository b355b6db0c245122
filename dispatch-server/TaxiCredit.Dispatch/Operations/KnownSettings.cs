using System.Collections;
using System.Reflection;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>
/// The names that this server's configuration may use. A name that nobody reads is most likely a slip, and a setting that was never taken up is found
/// on the day it was meant for: so a name that is not known stops the start.
/// </summary>
internal sealed class KnownSettings
{
    /// <summary>Slips of more letters than these are no slip of the name they come near.</summary>
    private const int MaxSlip = 3;

    private readonly SortedSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _free = [];

    public static KnownSettings Of(IServiceCollection services)
    {
        if (services.FirstOrDefault(service => service.ServiceType == typeof(KnownSettings))?.ImplementationInstance is KnownSettings known)
            return known;
        known = new KnownSettings();
        services.AddSingleton(known);
        return known;
    }

    /// <summary>Every property of a settings object, and of the objects in it.</summary>
    public KnownSettings Add(string section, Type settings)
    {
        foreach (var property in settings.GetProperties().Where(property => property.CanWrite))
        {
            var (name, type) = ($"{section}:{property.Name}", property.PropertyType);
            if (type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)))
                _free.Add(name);
            else if (type.IsClass && type.Assembly == Assembly.GetExecutingAssembly())
                Add(name, type);
            else
                _names.Add(name);
        }

        return this;
    }

    public KnownSettings Add(params IEnumerable<string> names)
    {
        _names.UnionWith(names);
        return this;
    }

    /// <summary>A section whose names the server does not choose.</summary>
    public KnownSettings AddFree(string section)
    {
        _free.Add(section);
        return this;
    }

    /// <summary>The first name that is not known, and the nearest that is.</summary>
    /// <param name="configuration">All of it: environment and defaults have names of others too, so there only sections that are known are looked at.</param>
    /// <param name="file">The settings file alone, where every name is meant for this server; null without one.</param>
    public string? FindFault(IConfiguration configuration, IConfiguration? file)
    {
        var sections = _names.Concat(_free).Where(name => name.Contains(':')).Select(name => name.Split(':')[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var slip = Leaves(configuration).Where(name => name.Contains(':') && sections.Contains(name.Split(':')[0]))
            .Concat(file is null ? [] : Leaves(file))
            .FirstOrDefault(name => !IsKnown(name));
        if (slip is null)
            return null;
        var nearest = _names.Concat(_free).MinBy(name => Distance(name, slip))!;
        return $"The setting {slip} is not known"
            + (Distance(nearest, slip) <= MaxSlip ? $"; did you mean {nearest}?" : "; operations.md lists the settings.") + " Nothing was done.";
    }

    private bool IsKnown(string name) =>
        _names.Contains(name) || _free.Any(free => name.Equals(free, StringComparison.OrdinalIgnoreCase)
            || name.StartsWith(free + ":", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Leaves(IConfiguration configuration) =>
        configuration.AsEnumerable().Where(setting => setting.Value is not null).Select(setting => setting.Key);

    /// <summary>Letters to put in, leave out or change, without regard to capitals.</summary>
    private static int Distance(string a, string b)
    {
        var (row, above) = (new int[b.Length + 1], Enumerable.Range(0, b.Length + 1).ToArray());
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + change);
            }

            (row, above) = (above, row);
        }

        return above[b.Length];
    }
}
