using Npgsql;

namespace CmEtl.Engine;

/// <summary>Finds out before a run what would fail, and returns findings with remedies. Writes nothing.</summary>
internal sealed class Preflight(EtlSettings settings, Database database, SqlLibrary sql, LedgerMigrator migrator, Freshness freshness)
{
    private const int MostErrorsShown = 5;

    private readonly List<Finding> _findings = [];

    /// <summary>The findings that prevent a start, as one error.</summary>
    public static CmEtlException Refusal(IReadOnlyList<Finding> errors)
    {
        // A role without any rights gives dozens of findings. An error must fit on a screen.
        var shown = errors.Take(MostErrorsShown).ToList();
        var more = errors.Count == shown.Count ? "" : $" And {errors.Count - shown.Count} more.";
        return new CmEtlException(
            ErrorKind.Configuration, ErrorIds.PreflightFailed,
            $"The preflight found {(errors.Count == 1 ? "1 error" : $"{errors.Count} errors")}: {string.Join(" ", shown.Select(e => e.Message))}{more}",
            string.Join(" ", shown.Select(e => e.Remedy).Distinct()))
        {
            Subject = "preflight",
            Topics = [.. shown.Select(e => e.Check).Distinct(), .. more.Length == 0 ? Array.Empty<string>() : [ErrorIds.PreflightFailed]],
        };
    }

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancel)
    {
        if (settings.MarkMode != MarkMode.SinglePass && (settings.SkipUnchanged || settings.Delta))
        {
            _findings.Add(new(
                FindingSeverity.Error, "Settings",
                $"{(settings.Delta ? "delta" : "skip_unchanged")} is on and mark_mode is TwoPhase, which marks, and so writes, every row.",
                "Set mark_mode to SinglePass."));
        }

        NpgsqlConnection connection;
        try
        {
            connection = await database.OpenAsync(cancel);
        }
        catch (Exception error) when (ErrorClassifier.IsOfServer(error) || error is CmEtlException { Kind: ErrorKind.Transient })
        {
            var wrapped = ErrorClassifier.Wrap(error, "Connection", settings);
            _findings.Add(new(FindingSeverity.Error, "Connection", wrapped.Message, wrapped.Remedy));
            return _findings;
        }

        await using (connection)
        {
            await CheckAsync(new CheckContext(settings, sql, connection, _findings), cancel);
        }

        return _findings;
    }

    // Objects that cannot be read are not checked further, because the missing privilege is already a finding.
    private async Task CheckAsync(CheckContext context, CancellationToken cancel)
    {
        await ServerCheck.RunAsync(context, cancel);
        await SessionCheck.RunAsync(context, database, cancel);
        if (!await PrivilegeCheck.SchemasAsync(context, cancel))
        {
            return;
        }

        var whole = await ColumnCheck.ExistAsync(context, cancel);
        var readable = await PrivilegeCheck.TablesAsync(context, cancel);
        var visible = await RelationCheck.RunAsync(context, whole && readable, cancel);
        if (whole && readable && visible)
        {
            await ReferenceDataCheck.RunAsync(context, cancel);
            await ColumnCheck.RunAsync(context, cancel);
            await ValueCheck.RunAsync(context, cancel);
            await PrivilegeCheck.SequencesAsync(context, cancel);
            await LoadCheck.RunAsync(context, freshness, cancel);
        }

        if (readable)
        {
            await LedgerCheck.RunAsync(context, migrator, cancel);
        }
    }
}
