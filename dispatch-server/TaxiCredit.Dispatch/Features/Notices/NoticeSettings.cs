using TaxiCredit.Dispatch.Outbox;
using TaxiCredit.Dispatch.Outbox.Channels;

namespace TaxiCredit.Dispatch.Features.Notices;

/// <summary>Section <c>Notices</c> of the configuration.</summary>
internal sealed class NoticeSettings
{
    public const string Section = "Notices";

    /// <summary>Who at the desk is told that something waits: <c>channel:recipient</c> of the outbox, <c>wecom:desk</c> or <c>mail:a@example.org</c>.</summary>
    public IReadOnlyList<string> Desk { get; init; } = [];

    /// <summary>What stands for a driver's public code in <see cref="Drivers"/>.</summary>
    public const string DriverMark = "{driver}";

    /// <summary>
    /// How drivers are told that their page has something new: <c>channel:recipient</c> with <see cref="DriverMark"/> in it. Null: not at all.
    /// </summary>
    public string? Drivers { get; init; }

    /// <summary>Of what is told: <c>zh-Hans</c> or <c>en</c>.</summary>
    public string Language { get; init; } = "zh-Hans";

    /// <summary>Address of the site, <c>https://…</c>, that messages lead to. Without it they name the page alone.</summary>
    public string? PublicAddress { get; init; }

    /// <summary>The first setting outside its range, or null.</summary>
    public string? FindFault()
    {
        if (Language is not ("zh-Hans" or "en"))
            return $"{Section}:Language is '{Language}'; zh-Hans or en.";
        if (PublicAddress is { Length: > 0 } && !(Uri.TryCreate(PublicAddress, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"))
            return $"{Section}:PublicAddress is '{PublicAddress}'; an address like https://credit.example.org.";
        if (Drivers is { Length: > 0 } drivers && FindFault(drivers) is { } unfit)
            return unfit;
        var wrong = Desk.FirstOrDefault(
            one => one.Split(':', 2) is not [{ Length: > 0 and <= OutboxMessage.MaxChannel }, { Length: > 0 and <= OutboxMessage.MaxRecipient }]);
        return wrong is null ? null : $"{Section}:Desk has '{wrong.Split(':')[0]}'; channel:recipient, as in wecom:desk.";
    }

    /// <summary>Of a page, for whoever reads a message.</summary>
    public string AddressOf(string page, IConfiguration configuration) =>
        (PublicAddress ?? configuration["Passengers:PublicAddress"] ?? "").TrimEnd('/') + page;

    private static string? FindFault(string drivers)
    {
        var channel = drivers.Split(':')[0];
        if (channel == SmsChannel.ChannelName)
            return $"{Section}:Drivers is 'sms', but the server knows no telephone numbers; let a gateway at a webhook find them by the driver's code.";
        return drivers.Split(':', 2) is [{ Length: > 0 and <= OutboxMessage.MaxChannel }, { Length: <= OutboxMessage.MaxRecipient - 32 } recipient]
            && recipient.Contains(DriverMark, StringComparison.Ordinal)
                ? null
                : $"{Section}:Drivers is '{channel}'; channel:recipient with {DriverMark} in it, as in mail:{DriverMark}@example.org.";
    }
}
