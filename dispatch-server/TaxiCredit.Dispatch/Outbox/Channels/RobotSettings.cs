namespace TaxiCredit.Dispatch.Outbox.Channels;

/// <summary>A robot in a group chat of the desk.</summary>
internal sealed class Robot
{
    /// <summary>What the robot's address carries: WeCom's <c>key</c>, DingTalk's <c>access_token</c>.</summary>
    public string? Key { get; init; }

    public string? KeyFile { get; init; }

    /// <summary>DingTalk: what signs each message, where the robot asks for it.</summary>
    public string? Secret { get; init; }

    public string? SecretFile { get; init; }
}

/// <summary>Sections <c>Outbox:Wecom</c> and <c>Outbox:Dingtalk</c> of the configuration.</summary>
internal sealed class RobotSettings
{
    /// <summary>Where messages go; another one than the service's own for a proxy.</summary>
    public string? Address { get; init; }

    /// <summary>By the names under which messages are sent to them: <c>desk</c>. Without any, the channel is not there.</summary>
    public Dictionary<string, Robot> Robots { get; init; } = [];

    /// <summary>The first setting outside its range, or null. Never repeats a key.</summary>
    public string? FindFault(string section)
    {
        if (Address is not null && !(Uri.TryCreate(Address, UriKind.Absolute, out var address) && HttpAnswer.IsAllowed(address)))
            return $"{section}:Address is no https:// address without name and password in it.";
        foreach (var (name, robot) in Robots)
        {
            var at = $"{section}:Robots:{name}";
            if (robot is { Key: null, KeyFile: null })
                return $"{at}:Key is missing.";
            if ((SecretText.FindFault($"{at}:Key", robot.Key, robot.KeyFile) ?? SecretText.FindFault($"{at}:Secret", robot.Secret, robot.SecretFile))
                is { } fault)
            {
                return fault;
            }
        }

        return null;
    }
}
