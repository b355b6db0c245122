using Microsoft.Extensions.Options;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>The one way a section of the configuration becomes an object.</summary>
internal static class Settings
{
    /// <summary>Binds a section and stops the start at its first fault.</summary>
    /// <param name="findFault">The setting that cannot be, with its value and what it takes; null for none.</param>
    public static void AddSettings<T>(this IServiceCollection services, IConfiguration configuration, string section, Func<T, string?> findFault)
        where T : class
    {
        KnownSettings.Of(services).Add(section, typeof(T));
        services.AddOptions<T>().Bind(configuration.GetSection(section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<T>>(new Check<T>(findFault));
    }

    private sealed class Check<T>(Func<T, string?> findFault) : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options) =>
            findFault(options) is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;
    }
}
