using TaxiCredit.Dispatch;

if (args.Contains("--help") || args.Contains("-h"))
{
    Console.WriteLine(DispatchOptions.Usage);
    return 0;
}

var read = DispatchOptions.Read(args);
if (read.Refusal is { } refusal)
{
    Console.Error.WriteLine($"{refusal.Detail}\n\n{DispatchOptions.Usage}");
    return 2;
}

var options = read.Value;
try
{
    switch (options.Command)
    {
        case "serve":
            return await Commands.ServeAsync(options);
        case "demo":
            return await Commands.DemoAsync(options);
        case "demo-seed":
            return await Commands.DemoSeedAsync(options);
        case "verify":
            return await Commands.VerifyAsync(options);
        case "token":
            return await Commands.TokenAsync(options);
        case "actor":
            return await Commands.ActorAsync(options);
        case "import":
            return await Commands.ImportAsync(options);
        case "broker-access":
            return await Commands.BrokerAccessAsync(options);
        case "export":
            return await Commands.ExportAsync(options);
        default:
            Console.Error.WriteLine($"'{options.Command}' is not a command.\n\n{DispatchOptions.Usage}");
            return 2;
    }
}
catch (InvalidDataException settings)
{
    // A rulebook or a setting that contradicts itself; the message says all that helps.
    Console.Error.WriteLine(settings.Message);
    return 2;
}
