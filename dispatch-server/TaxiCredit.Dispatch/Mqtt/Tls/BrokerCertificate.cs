using System.Net.Security;
using System.Security.Authentication;
using Microsoft.Extensions.Options;

namespace TaxiCredit.Dispatch.Mqtt.Tls;

/// <summary>
/// The certificate that the embedded broker serves. When its files change they are taken up without a restart; where they cannot be, the one before goes
/// on serving, and <see cref="Fault"/> says why. Thread-safe.
/// </summary>
internal sealed partial class BrokerCertificate
{
    private readonly TlsSettings _settings;
    private readonly TimeProvider _time;
    private readonly ILogger<BrokerCertificate> _log;
    private readonly Lock _looking = new();
    private volatile Served _served;
    private volatile string? _fault;

    public BrokerCertificate(IOptions<MqttSettings> settings, TimeProvider time, ILogger<BrokerCertificate> log)
    {
        (_settings, _time, _log) = (settings.Value.Tls!, time, log);
        var set = CertificateSet.Read(_settings, out var fault) ?? throw new InvalidDataException(fault);
        _served = new(set);
        _fault = FindFault(set);
        if (_fault is not null)
            LogServedIsOff(_fault);
    }

    /// <summary>What is served now.</summary>
    public CertificateSet Set => _served.Set;

    /// <summary>What is wrong with the files as they are now, in words; null if they are served and good.</summary>
    public string? Fault => _fault;

    /// <summary>For one handshake. TLS 1.2 is what units speak.</summary>
    public SslServerAuthenticationOptions Options => new()
    {
        ServerCertificateContext = _served.Context, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13, ClientCertificateRequired = false,
    };

    /// <summary>Renews the certificate if that is this server's to do, and takes up what has changed. Nothing that it finds is thrown.</summary>
    public void Look()
    {
        lock (_looking)
        {
            try
            {
                if (_settings.Folder is not null && new AuthorityFolder(_settings.Folder).Renew(_time.GetUtcNow()) is { } until)
                    LogRenewed(until);
            }
            // A full disk, a key that is none: the certificate in use has weeks left.
            catch (Exception failed)
            {
                LogNotRenewed(failed.Message);
            }

            Take();
        }
    }

    private void Take()
    {
        string? fault;
        try
        {
            var found = CertificateSet.Read(_settings, out var unread);
            if (found is null)
                fault = unread;
            else if (found.Certificate.RawDataMemory.Span.SequenceEqual(Set.Certificate.RawDataMemory.Span) && found.AuthoritiesPem == Set.AuthoritiesPem)
                fault = FindFault(Set);
            else if ((fault = FindFault(found)) is null)
            {
                _served = new(found);
                LogTaken(found.Certificate.Subject, found.Certificate.NotAfter);
            }
        }
        catch (Exception unforeseen)
        {
            fault = $"{TlsSettings.Section}: {unforeseen.Message}";
        }

        if (fault is not null && fault != _fault)
            LogRefused(fault, Set.Certificate.NotAfter);
        _fault = fault;
    }

    private string? FindFault(CertificateSet set)
    {
        var now = _time.GetUtcNow();
        return set.Certificate.NotAfter <= now
            ? $"the certificate for '{_settings.Host}' has expired on {set.Certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}; have another one made"
            : set.Certificate.NotBefore > now
                ? $"the certificate for '{_settings.Host}' is not valid before {set.Certificate.NotBefore.ToUniversalTime():yyyy-MM-dd}; check it and the clock"
                : null;
    }

    [LoggerMessage(4109, LogLevel.Information, "The embedded broker serves the certificate of {Subject}, valid until {Until:yyyy-MM-dd}")]
    private partial void LogTaken(string subject, DateTime until);

    [LoggerMessage(4110, LogLevel.Warning,
        "The embedded broker does not take up its certificate files; what it serves now, valid until {Until:yyyy-MM-dd}, it goes on serving: {Why}")]
    private partial void LogRefused(string why, DateTime until);

    [LoggerMessage(4111, LogLevel.Information, "The embedded broker's certificate is renewed; valid until {Until:yyyy-MM-dd}")]
    private partial void LogRenewed(DateTimeOffset until);

    [LoggerMessage(4112, LogLevel.Warning, "The embedded broker's certificate cannot be renewed; trying again: {Why}")]
    private partial void LogNotRenewed(string why);

    [LoggerMessage(4113, LogLevel.Warning, "Cabs refuse what the embedded broker serves: {Why}")]
    private partial void LogServedIsOff(string why);

    private sealed class Served(CertificateSet set)
    {
        public CertificateSet Set => set;

        public SslStreamCertificateContext Context { get; } = SslStreamCertificateContext.Create(set.Certificate, set.Between, offline: true);
    }
}

/// <summary>Looks after the broker's certificate, before the first cab comes and every ten seconds.</summary>
internal sealed class CertificateUpkeep(BrokerCertificate certificate, TimeProvider time) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        certificate.Look();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            certificate.Look();
    }
}
