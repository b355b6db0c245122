namespace TaxiCredit.Dispatch.Outbox.Channels;

/// <summary>
/// A secret of the configuration: by the environment, or in a file that this server's user alone may read. It is never repeated in a fault, a log or the
/// database; what is wrong is told by the name of the setting.
/// </summary>
internal static class SecretText
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>What is wrong with a secret, by the name of its setting; null for nothing, also where there is none.</summary>
    public static string? FindFault(string setting, string? value, string? file)
    {
        if (value is not null && file is not null)
            return $"{setting} and {setting}File are both set; one of them.";
        if (file is null)
            return null;
        if (!Path.IsPathFullyQualified(file))
            return $"{setting}File is '{file}'; an absolute path.";
        if (!File.Exists(file))
            return $"{setting}File is '{file}', which is not there or cannot be read.";
        return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != 0
            ? $"{setting}File is '{file}', which others may read: chmod 0600."
            : null;
    }

    /// <summary>Read anew each time, so that a rotated secret needs no restart; empty where there is none.</summary>
    public static string Read(string? value, string? file) => file is null ? value ?? "" : File.ReadAllText(file).Trim();
}
