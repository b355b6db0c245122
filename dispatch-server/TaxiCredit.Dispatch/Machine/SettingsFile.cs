using Microsoft.Extensions.Configuration.Json;

namespace TaxiCredit.Dispatch.Machine;

/// <summary>Where an installation keeps its settings: a file of its own, and secrets as files that the service's supervisor hands in.</summary>
internal static class SettingsFile
{
    /// <summary>
    /// Set by systemd for a unit with <c>LoadCredential=</c>: a folder with a file for each secret, named as its setting with <c>__</c> for <c>:</c>.
    /// </summary>
    private const string CredentialsVariable = "CREDENTIALS_DIRECTORY";

    /// <summary>Puts the file above the program's own <c>appsettings.json</c> and below the environment, and credentials above both.</summary>
    /// <param name="path">JSON as in <c>appsettings.json</c>; null for none.</param>
    /// <returns>The file alone; null without one.</returns>
    /// <exception cref="InvalidDataException">It is not there, or no JSON; the message names file, fault and line.</exception>
    public static IConfiguration? Add(ConfigurationManager configuration, string? path)
    {
        if (configuration[CredentialsVariable] is { Length: > 0 } credentials)
            configuration.AddKeyPerFile(credentials, optional: true);
        if (path is null)
            return null;
        if (!File.Exists(path))
            throw new InvalidDataException($"--settings {path}: there is no such file. Nothing was done.");
        var source = new JsonConfigurationSource { Path = Path.GetFileName(path), Optional = false };
        source.FileProvider = new Microsoft.Extensions.FileProviders.PhysicalFileProvider(
            Path.GetDirectoryName(path)!, Microsoft.Extensions.FileProviders.Physical.ExclusionFilters.None);
        try
        {
            var file = new ConfigurationBuilder().Add(source).Build();
            var sources = ((IConfigurationBuilder)configuration).Sources;
            var own = sources.OfType<JsonConfigurationSource>().Last();
            sources.Insert(sources.IndexOf(own) + 1, source);
            return file;
        }
        catch (InvalidDataException unreadable)
        {
            var cause = unreadable.GetBaseException().Message;
            throw new InvalidDataException($"--settings {path} is no JSON that can be read: {cause} Nothing was done.", unreadable);
        }
    }
}
