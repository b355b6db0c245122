using TaxiCredit.Dispatch.CommandLine;

return await ServerCommandLine.Build().RunAsync(args);
