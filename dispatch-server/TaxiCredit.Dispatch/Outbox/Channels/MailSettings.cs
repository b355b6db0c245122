using MailKit.Security;
using MimeKit;

namespace TaxiCredit.Dispatch.Outbox.Channels;

/// <summary>Section <c>Outbox:Mail</c> of the configuration.</summary>
internal sealed class MailSettings
{
    public const string Section = "Outbox:Mail";

    /// <summary>The mail server. Without it nothing is delivered to channel <c>mail</c>.</summary>
    public string? Host { get; init; }

    /// <summary>1 to 65,535.</summary>
    public int Port { get; init; } = 587;

    /// <summary><c>starttls</c>, <c>implicit</c>, or <c>none</c>, which is for a server on this machine alone.</summary>
    public string Tls { get; init; } = "starttls";

    public string? User { get; init; }

    public string? Password { get; init; }

    public string? PasswordFile { get; init; }

    /// <summary>Address in From.</summary>
    public string? From { get; init; }

    public SecureSocketOptions Security => Tls switch
    {
        "implicit" => SecureSocketOptions.SslOnConnect,
        "none" => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    /// <summary>A name alone is somebody on the mail server, whoever that is.</summary>
    public static bool HasDomain(MailboxAddress address) => address.Address.Contains('@', StringComparison.Ordinal);

    /// <summary>The first setting outside its range, or null. Never repeats a secret.</summary>
    public string? FindFault() => this switch
    {
        { Host: null } => null,
        { Port: < 1 or > 65_535 } => $"{Section}:Port is {Port}; 1 to 65535.",
        { Tls: not ("starttls" or "implicit" or "none") } => $"{Section}:Tls is '{Tls}'; starttls, implicit or none.",
        { Tls: "none", Host: not ("127.0.0.1" or "::1" or "localhost") } => $"{Section}:Tls is 'none'; that is for a server on this machine alone.",
        { From: null } => $"{Section}:From is missing; the address that mails come from.",
        { From: { } from } when !(MailboxAddress.TryParse(from, out var own) && HasDomain(own)) =>
            $"{Section}:From is '{from}'; an address like taxicredit@example.org.",
        { User: null, Password: not null } or { User: null, PasswordFile: not null } => $"{Section}:User is missing.",
        _ => SecretText.FindFault($"{Section}:Password", Password, PasswordFile),
    };
}
