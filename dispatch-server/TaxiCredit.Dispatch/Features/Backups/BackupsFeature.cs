using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Backups;

/// <summary>Backups by themselves, each day, into a folder. ADR 0088.</summary>
internal static class BackupsFeature
{
    public static void AddBackups(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<BackupSettings>(configuration, BackupSettings.Section, settings => settings.FindFault());
        services.AddSingleton(BackupHealth.Check);
        if (configuration[$"{BackupSettings.Section}:{nameof(BackupSettings.Folder)}"] is not { Length: > 0 })
            return;
        services.AddScoped<MakeBackup>().AddJob(MakeBackup.Job);
    }
}
