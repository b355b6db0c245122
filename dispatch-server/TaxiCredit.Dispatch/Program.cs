using TaxiCredit.Dispatch.CommandLine;
using TaxiCredit.Dispatch.Data;

PrivateFiles.Begin();
return await ServerCommandLine.Build().RunAsync(args);
