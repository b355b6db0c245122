using System.Text.Json;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Verification;

/// <summary>Who had which role at the bureau when, as the chronicle has it.</summary>
internal sealed class RoleHistory
{
    private readonly Dictionary<string, List<(long Since, Role? Role)>> _roles = [];
    private readonly Dictionary<string, string> _names = [];
    private long _adoptedAt = long.MinValue;

    /// <summary>From this instant on changes are known; what was found then is taken to have been so before.</summary>
    public void Adopt(long at) => _adoptedAt = at;

    /// <param name="key">Key of the row.</param>
    /// <param name="content">The row in JSON; null if it was deleted.</param>
    public void Take(string key, string? content, long at)
    {
        if (content is null)
        {
            if (_names.TryGetValue(key, out var gone))
                _roles[gone].Add((at, null));
            return;
        }

        using var row = JsonDocument.Parse(content);
        var name = row.RootElement.GetProperty("Name").GetString() ?? "";
        Role? role = Enum.TryParse<Role>(row.RootElement.GetProperty("Role").GetString(), out var named) ? named : null;
        if (!_roles.TryGetValue(name, out var history))
            _roles[name] = history = [];
        history.Add((history.Count == 0 && at == _adoptedAt ? long.MinValue : at, role));
        _names[key] = name;
    }

    /// <summary>The role of a person at an instant; null if nobody acted at the bureau by that name then.</summary>
    public Role? Of(string name, DateTimeOffset instant) =>
        _roles.TryGetValue(name, out var history) && history.FindLastIndex(h => h.Since <= instant.ToUnixTimeMilliseconds()) is >= 0 and var last
            ? history[last].Role
            : null;
}
