using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Outbox.Channels;

/// <summary>The channels for people: each is there where its section of the configuration says how.</summary>
internal static class ChannelsFeature
{
    public static void AddChannels(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<MailSettings>(configuration, MailSettings.Section, settings => settings.FindFault());
        services.AddSettings<SmsSettings>(configuration, SmsSettings.Section, settings => settings.FindFault());
        var mail = configuration.GetSection(MailSettings.Section);
        if (mail[nameof(MailSettings.Host)] is not null)
            services.AddSingleton<IOutboxChannel>(all => new MailChannel(all.GetRequiredService<IOptions<MailSettings>>().Value));
        if (configuration.GetSection(SmsSettings.Section)[nameof(SmsSettings.Url)] is not null)
        {
            services.AddSingleton<IOutboxChannel>(all => new SmsChannel(
                WebhookChannel.CreateClient(), all.GetRequiredService<IOptions<SmsSettings>>().Value, all.GetRequiredService<TimeProvider>()));
        }

        AddRobots(services, configuration, WecomChannel.Section, (settings, time) => new WecomChannel(WebhookChannel.CreateClient(), settings, time));
        AddRobots(services, configuration, DingtalkChannel.Section, (settings, time) => new DingtalkChannel(WebhookChannel.CreateClient(), settings, time));
    }

    /// <exception cref="InvalidDataException">A setting cannot be; the message names it and repeats no key.</exception>
    private static void AddRobots(
        IServiceCollection services, IConfiguration configuration, string section, Func<RobotSettings, TimeProvider, IOutboxChannel> channel)
    {
        KnownSettings.Of(services).Add(section, typeof(RobotSettings));
        var settings = configuration.GetSection(section).Get<RobotSettings>() ?? new();
        if (settings.FindFault(section) is { } fault)
            throw new InvalidDataException(fault);
        if (settings.Robots.Count > 0)
            services.AddSingleton(all => channel(settings, all.GetRequiredService<TimeProvider>()));
    }
}
