#!/usr/bin/env python3
"""Counts the golden figures of logs that are files of records, apart from the product: only Python's json and csv.

    python3 countFiles.py LOGS > files.json

What stands here by hand was seen in each file: its format, the column of x, how an x that falls back is meant, and what
the series are. `rest` names the way in which a fall is read: "rising" (there is none), "later" (a resume: what came after
the point it goes back to is overwritten), "merge" (two writers: sorted by x), "last" (a second run: only that one counts).
"""

import csv
import json
import math
import os
import sys

logs = sys.argv[1]
RISING, LATER, MERGE, LAST = "rising", "later", "merge", "last"


def opened(name, encoding="utf-8-sig"):
    return open(os.path.join(logs, name), encoding=encoding, newline="")


def number(value):
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return float(value)
    try:
        return float(value.strip().rstrip("%")) if isinstance(value, str) else None
    except ValueError:
        return None


def flat(record, prefix=""):
    numbers = {}
    for key, value in record.items():
        if isinstance(value, dict):
            numbers.update(flat(value, prefix + key + "/"))
        elif number(value) is not None:
            numbers[prefix + key] = number(value)
    return numbers


def json_lines(name):
    with opened(name) as file:
        return [flat(json.loads(line[line.index("{"):])) for line in file if "{" in line]


def states(name):
    with opened(name) as file:
        records = json.load(file)["log_history"]
    return [flat(record) for record in records if "train_runtime" not in record]


def table(name, delimiter=",", skip=0):
    with opened(name) as file:
        rows = list(csv.reader(file.read().replace("\r", "").split("\n")[skip:], delimiter=delimiter))
    header = [cell.strip() for cell in rows[0]]
    numbered = [{key: number(cell) for key, cell in zip(header, row)} for row in rows[1:] if len(row) == len(header)]
    return [{key: value for key, value in row.items() if value is not None} for row in numbered]


def tabs(name):
    return table(name, "\t")


def monitor(name):
    rows, steps = table(name, skip=1), 0
    for row in rows:
        steps += row["l"]
        row["timesteps"] = steps
    return rows


def document(name):
    with opened(name) as file:
        return json.load(file)


def columns(document_part, **renamed):
    names = {key: renamed.get(key, key) for key in document_part}
    length = len(next(iter(document_part.values())))
    return [{names[key]: number(document_part[key][i]) for key in names} for i in range(length)]


def counted(rows):
    return [dict(row, row=i + 1.0) for i, row in enumerate(rows)]


def points(rows, x, name, falls):
    found = [(row[x], row[name]) for row in rows if x in row and math.isfinite(row.get(name, math.nan))]
    if falls == MERGE:
        return sorted(dict(sorted(found, key=lambda point: point[0])).items())
    kept = []
    for at, value in found:
        if kept and at < kept[-1][0] and falls == LAST:
            kept = []
        while kept and at <= kept[-1][0]:
            kept.pop()
        kept.append((at, value))
    return kept


def entry(file, form, rows, x, series, falls=RISING, runs=1, problems=()):
    """`series`: names; one with a role reads `solver:reward`."""
    figures = []
    for text in series:
        role, _, name = text.rpartition("::") if "::" in text else ("none", "", text)
        found = points(rows, x, name, falls)
        figures.append({"name": name, "role": role, "x": x, "n": len(found), "first": found[0], "last": found[-1]})
    return {"file": file, "format": form, "runs": runs, "problems": sorted(problems), "series": figures}


def of(form, read, x, folder, files, series, **more):
    return [entry(f"{folder}/{file}", form, read(f"{folder}/{file}"), x, series, **more) for file in files]


lightning = "run-folders/lightning-cli-ml-aos/lightning_logs"
detection = ["metrics/precision(B)", "metrics/recall(B)", "metrics/mAP50(B)", "metrics/mAP50-95(B)", "val/box_loss"]
yolo5 = ["train/box_loss", "metrics/precision", "metrics/mAP_0.5", "metrics/mAP_0.5:0.95", "val/obj_loss"]
uncertainties = ["solver::solver_uncertainty", "verifier::verifier_uncertainty", "gap::uncertainty_gap", "training_loss"]
safety = ["accuracy", "heldout_violation_rate", "solver::mean_reward"]

entries = [
    *of("jsonl", json_lines, "epoch", "jsonl-metrics", ["detr-log.txt"],
        ["train_loss", "test_loss", "test_class_error"], falls=LAST, runs=2, problems=["second-run"]),
    *of("jsonl", json_lines, "epoch", "detr-log", ["detr-dcmha-log.txt"],
        ["train_loss", "test_loss"], falls=LAST, runs=2, problems=["second-run"]),
    *of("jsonl", lambda name: counted(json_lines(name)), "row", "jsonl-metrics", ["detr-r50-log.txt"],
        ["train_loss", "test_loss", "test_class_error"]),
    *of("jsonl", json_lines, "step", "jsonl-metrics", ["dreamer-fetch.jsonl"], ["train/return"]),
    *of("jsonl", json_lines, "step", "jsonl-metrics",
        ["memory-redteam-grpo-stage1.jsonl", "memory-redteam-grpo-stage2.jsonl"],
        ["solver::reward", "retrieval_reward", "update_reward", "attack_reward", "scorer_asr"]),
    *of("jsonl", json_lines, "step", "jsonl-metrics", ["memory-redteam-grpo-stage2-duplicates.jsonl"],
        ["solver::reward", "scorer_asr"], falls=LATER, problems=["resumed"]),
    *of("jsonl", json_lines, "step", "jsonl-metrics", ["slm-two-writers.jsonl"], ["loss", "lr"],
        falls=LATER, problems=["resumed"]),
    *of("jsonl", json_lines, "step", "jsonl-metrics", ["tinker-sft-llama32-1b.jsonl"], ["train_mean_nll", "test/nll"]),
    *of("jsonl", json_lines, "iteration", "detectron2", ["pretrained-metrics.json"],
        ["total_loss", "loss_mask", "fast_rcnn/cls_accuracy"]),
    *of("jsonl", json_lines, "iteration", "self-improve", ["reversi-az-v1.jsonl"], ["policy_loss", "value_loss"]),
    *of("jsonl", json_lines, "iteration", "self-improve", ["reversi-az-v4.jsonl"], ["policy_loss", "value_loss", "elo"]),
    *of("jsonl", lambda name: [row for row in json_lines(name) if "step" in row], "step", "self-improve",
        [f"verifier-reward-{kind}.jsonl" for kind in ["mitigated-s8", "naive-s7", "w3-s8", "warmstart-kl002"]], safety),
    *of("jsonl", json_lines, "step", "self-improve", ["verifier-reward-partial-s8.jsonl"], ["accuracy", "mean_reward"]),
    *of("llamafactory-jsonl", json_lines, "current_steps", "llamafactory",
        ["360lf-dpo-aborted.jsonl", "orpo-recsys.jsonl"], ["loss", "accuracy"]),
    *of("llamafactory-jsonl", json_lines, "current_steps", "llamafactory",
        ["luojiu7b-pt.jsonl", "mistral-translator-sft.jsonl"], ["loss"]),
    *of("llamafactory-jsonl", json_lines, "current_steps", "llamafactory", ["no-loss.jsonl"], ["percentage"]),
    *of("llamafactory-jsonl", json_lines, "current_steps", "llamafactory", ["sft-two-writers-resumed.jsonl"], ["loss"],
        falls=MERGE, problems=["two-writers"]),
    *of("rllib-json", json_lines, "timesteps_total", "rllib", ["qbert-apex-result.json"],
        ["solver::episode_reward_mean", "episode_reward_max", "info/sample_throughput"]),
    *of("rllib-json", json_lines, "timesteps_total", "rllib", ["pong-impala-result.json"],
        ["solver::episode_reward_mean"], problems=["not-finite"]),
    *of("rllib-csv", table, "timesteps_total", "rllib", ["halfcheetah-sac-progress.csv"],
        ["solver::episode_reward_mean", "evaluation/episode_reward_mean"], problems=["not-finite"]),
    *of("rllib-csv", table, "timesteps_total", "rllib", ["pong-impala-progress.csv"],
        ["solver::episode_reward_mean", "episode_len_mean"], problems=["not-finite"]),
    *of("rllib-csv", table, "timesteps_total", "rllib", ["qbert-apex-progress-truncated.csv"],
        ["solver::episode_reward_mean", "episode_reward_max"]),
    *of("csv", tabs, "iter", "catboost", ["mbti-learn-error.tsv"], ["Logloss"]),
    *of("csv", tabs, "iter", "catboost", ["mbti-time-left.tsv"], ["Passed"]),
    *of("csv", table, "epoch", "csv-generic", ["mlpws-backward.csv"], ["loss"]),
    *of("csv", table, "step", "csv-generic", ["olmo-grad-provenance.csv"], ["loss", "embedding_grad_l2_norm"]),
    *of("csv", table, "Epoch", "csv-generic", ["resnext-fscore.csv"], ["Precision", "Recall", "FScore"]),
    *of("csv", table, "global_step", "self-improve", ["solver-verifier-smoke.csv"], uncertainties,
        problems=["not-finite"]),
    *of("csv", table, "global_step", "solver-verifier",
        ["arithmetic_dense_20260719.csv", "arithmetic_seed_20260718.csv"], uncertainties),
    *of("csv", lambda name: [row for row in table(name) if row["rho"] == 6], "round", "self-improve",
        ["physics-rsi-aggregate.csv"], ["solver::mean_accuracy_mean", "verifier::pass_at_4_mean"], runs=5),
    *of("keras-csv", table, "epoch", "keras-csvlogger", ["irfanet-overfit.log"], ["loss", "acc", "val_loss", "val_acc"]),
    *of("keras-csv", table, "epoch", "keras-csvlogger", ["irfanet-200ep.log", "irfanet-96ep.log"],
        ["loss", "acc", "val_loss", "val_acc"], falls=LAST, runs=2, problems=["second-run"]),
    *of("keras-csv", table, "epoch", "keras-csvlogger", ["brats-unet-training.log"],
        ["loss", "dice_coef", "val_loss", "val_dice_coef"]),
    *of("lightning-csv", table, "step", "lightning-csv", ["camels-v17-flatval.csv", "camels-v19.csv"],
        ["train_loss", "val_loss"]),
    *of("lightning-csv", table, "step", "lightning-csv", ["mlaos-v1.csv", "mlaos-v3.csv"],
        ["train_rmse", "train_loss", "val_rmse", "val_loss"]),
    *of("lightning-csv", table, "step", lightning, [f"version_{i}/metrics.csv" for i in [1, 2, 3, 4]],
        ["train_loss", "val_loss"]),
    *of("lightning-csv", table, "step", "run-folders/hydra-lightning-gpt/lightning_logs", ["version_0/metrics.csv"],
        ["train_loss", "val_loss"]),
    *of("sb3-csv", table, "time/total_timesteps", "sb3", ["flappy-a2c-progress.csv"],
        ["solver::rollout/ep_rew_mean", "train/value_loss"]),
    *of("sb3-csv", table, "time/total_timesteps", "sb3", ["flappy-dqn-progress.csv", "flappy-ppo-progress.csv"],
        ["solver::rollout/ep_rew_mean", "train/loss"]),
    *of("sb3-csv", table, "time/total_timesteps", "sb3", ["sb3test-nan-progress.csv"],
        ["solver::rollout/ep_rew_mean", "train/value_loss"], problems=["not-finite"]),
    *of("sb3-csv", table, "step", "sb3", ["diffusion-progress.csv"], ["loss", "loss_q0", "loss_q3"]),
    *of("sb3-monitor", monitor, "timesteps", "sb3",
        ["ant-a2c.monitor.csv", "bipedal-ppo-env0.monitor.csv", "bipedal-ppo-env1.monitor.csv",
         "parking-ppo-monitor.csv"], ["solver::r", "l"]),
    *of("sb3-monitor", monitor, "timesteps", "run-folders/rl-zoo-ppo/logs/ppo/CartPole-v1_1",
        ["0.monitor.csv", "1.monitor.csv"], ["solver::r", "l"]),
    *of("sb3-monitor", monitor, "timesteps", "run-folders/rl-zoo-ppo/logs/ppo/HalfCheetahBulletEnv-v0_1",
        ["0.monitor.csv", "15.monitor.csv"], ["solver::r", "l"]),
    *of("spinningup", tabs, "Time Steps", "spinningup", ["rainbowpg-ddpg-halfcheetah.txt"],
        ["solver::AverageEpRet", "AverageTestEpRet", "LossQ"]),
    *of("spinningup", tabs, "total-env-interacts", "spinningup", ["zoo-ppo-s0.txt"],
        ["solver::average-episode-return", "v-loss"]),
    *of("spinningup", tabs, "total-env-interacts", "spinningup", ["zoo-sac-s0.txt"],
        ["solver::average-episode-return", "average-test-episode-return", "q-loss"]),
    *of("ultralytics-csv", table, "epoch", "yolo", ["fire-smoke-yolov8.csv", "handraise-yolo12.csv"], detection),
    *of("ultralytics-csv", table, "epoch", "yolo", ["yolov10.csv"], detection[:4]),
    *of("ultralytics-csv", table, "epoch", "yolo", ["sweetberry-yolov5.csv"], yolo5),
    *of("ultralytics-csv", table, "epoch", "run-folders/yolov5-sweetberry/runs/train",
        ["exp/results.csv", "exp5/results.csv"], yolo5),
    *of("ultralytics-csv", table, "epoch", "run-folders",
        ["ultralytics-motion/runs/detect/train7/results.csv", "ultralytics-yolo12n/runs/detect/train/results.csv",
         "ultralytics-yolo12n/runs/detect/train3/results.csv"], detection),
    *of("tb-csv-export", table, "Step", "tb-csv-export", ["dmc-walker-return.csv"], ["Value"]),
    *of("wandb-csv-export", table, "iter", "wandb-csv-export", ["teaching-arithmetic-1and3.csv"],
        ["ver1_1and3digit_lr0.001 - digit1_accuracy", "ver1_1and3digit_lr0.001 - digit4_accuracy"]),
    *of("wandb-csv-export", table, "iter", "wandb-csv-export", ["teaching-arithmetic-7digit.csv"],
        ["ver1, 100k - digit1_accuracy", "ver1, 100k - digit8_accuracy"]),
    *of("wandb-legacy", json_lines, "_step", "wandb-legacy/spaceinvaders", ["wandb-history.jsonl"],
        ["solver::episodic_reward", "cumulative_avg_reward"]),
    *of("hf-trainer-state", states, "step", "trainer-state", ["chaos-economy-grpo.json"],
        ["solver::reward", "rewards/format_reward_fn/mean", "rewards/pnl_reward_fn/mean"]),
    *of("hf-trainer-state", states, "step", "trainer-state", ["clean-code-dpo.json"],
        ["loss", "rewards/accuracies", "rewards/margins", "eval_rewards/accuracies"]),
    *of("hf-trainer-state", states, "step", "trainer-state",
        ["cpt-glm-predict.json", "geollm-chatglm.json", "luojiu7b-pt.json", "mistral-translator-sft.json",
         "mistral-translator-sft-ckpt4000.json"], ["loss"]),
    *of("hf-trainer-state", states, "step", "trainer-state", ["iitd-grpo.json", "iitd-grpo-ckpt200.json"],
        ["solver::reward"]),
    *of("hf-trainer-state", states, "step", "trainer-state", ["unsloth-grpo-gsm8k.json"], ["solver::reward"]),
    *of("hf-trainer-state", states, "step", "trainer-state", ["lora-gpt2-1000steps.json"], ["loss"],
        problems=["not-finite"]),
    *of("hf-trainer-state", states, "step", "trainer-state", ["medqa-trl-sft.json"], ["loss", "mean_token_accuracy"]),
    *of("hf-trainer-state", states, "step", "trainer-state", ["mt5-summarize-eval.json"],
        ["loss", "eval_loss", "eval_rouge1"]),
    *of("hf-trainer-state", states, "step", "trainer-state", ["multihead-eval-groups.json"],
        ["eval_g0_accuracy", "eval_g0_loss", "eval_g4_accuracy"]),
    *of("hf-trainer-state", states, "step", "trainer-state", ["orpo-recsys.json"], ["loss", "rewards/accuracies"]),
    *of("hf-trainer-state", states, "step", "trainer-state", ["whisper-tiny-epoch-resets.json"],
        ["loss", "eval_loss", "eval_wer"]),
    *of("hf-trainer-state", states, "step", "trainer-state", ["wikipedia-nan-eval.json"], ["loss"],
        problems=["not-finite"]),
    *of("hf-trainer-state", states, "step", "run-folders/trl-dpo-clean-code/output_models",
        ["qwen-coder-simplifier-dpo-lora/trainer_state.json"], ["loss", "rewards/accuracies"]),
    *of("hf-trainer-state", states, "step", "run-folders/trl-dpo-clean-code/output_models",
        ["qwen-coder-simplifier-lora/trainer_state.json"], ["loss"]),
    *of("sacred", lambda name: columns({k: v for k, v in document(name)["training.loss"].items() if k != "timestamps"},
                                       steps="step", values="training.loss"),
        "step", "sacred/ml-pws/74", ["metrics.json"], ["training.loss"]),
    *of("json-history", lambda name: counted([{"value": value} for value in document(name)]), "row", "json-history",
        ["bilevel-reward-list.json"], ["value"]),
    *of("json-history", lambda name: columns({k: v for k, v in document(name).items()
                                              if isinstance(v, list) and len(v) == len(document(name)["epochs"])}),
        "epochs", "json-history", ["lipreading.json"], ["train_loss", "val_loss", "val_wer", "val_cer"]),
    *of("json-history", lambda name: [flat(step) for step in document(name)["steps"]], "step", "json-history",
        ["trl-invariant-dpo.json", "trl-invariant-sft.json"], ["loss", "grad_norm"]),
    *of("text-table", tabs, "Step", "text-table", ["instruction-tuning-1000.tsv"], ["Training Loss"]),
]


def refused(form, says, *files):
    return [{"file": file, "format": form, "says": says, "runs": 0, "series": []} for file in files]


runs = "run-folders"
entries += [
    *refused("not-a-log", "Git LFS", "tfevents/git-lfs-pointer/events.out.tfevents.1672375864.ficino.2745717.0"),
    *refused("not-a-log", "Aim store", "aim/turbulent-flow/.aim/run_metadata.sqlite",
             "aim/turbulent-flow/.aim/seqs/chunks/f83baaa01a7a441a81c0ec94/000009.sst", "aim/turbulent-flow"),
    *refused("not-a-log", "table of results", "misc-text/rlvr-noise-sweep-summary.csv",
             "misc-text/stock-multiheader-results.csv", "self-improve/bolt-passk-table.csv"),
    *refused("not-a-log", "last values", f"{runs}/hf-whisper-tiny/all_results.json",
             f"{runs}/hf-whisper-tiny/eval_results.json", f"{runs}/hf-whisper-tiny/train_results.json",
             "dvclive/alex-llm-finetune/dvclive/metrics.json", "dvclive/spikeyolo/dvclive/metrics.json",
             "wandb-legacy/spaceinvaders/wandb-summary.json", "wandb/grpo-chaos-economy/files/wandb-summary.json",
             "swanlab/adapter-round1/run-20260531_085436-kd4v3b6ndym9m725v4d7q/logs/16/_summary.json"),
    *refused("not-a-log", "settings", "dvclive/spikeyolo/dvclive/params.yaml", "sacred/ml-pws/74/config.json",
             "tfevents/lightning-naf-dqn/hparams.yaml", f"{runs}/ultralytics-motion/runs/detect/train7/args.yaml",
             f"{runs}/llamafactory-qwen25-3b-slurm/sft_config.yaml", f"{runs}/verl-gsm8k-ppo-dstack/verl.train.dstack.yml",
             "wandb-legacy/spaceinvaders/wandb-metadata.json"),
    *refused("not-a-log", "source code", f"{runs}/hf-whisper-tiny/run.sh", f"{runs}/nanogpt-wandb/config/train_gpt2.py",
             f"{runs}/llamafactory-qwen25-3b-slurm/run_LF_train_baseline.slurm"),
    *refused("not-a-log", "the machine", "wandb-legacy/spaceinvaders/wandb-events.jsonl"),
    *refused("not-a-log", "zip archive", f"{runs}/rl-zoo-ppo/logs/ppo/CartPole-v1_1/evaluations.npz"),
    *refused("not-a-log", "index of a SwanLab folder", "swanlab/adapter-round1/runs.swanlab"),
    *refused("not-a-log", "text for people", "solver-verifier/SOURCES.md"),
    *refused("not-a-log", "parameter of an MLflow run",
             "mlflow/bilevel-rl-dqn/mlruns/1/770cc011eb214ea997501cabcfe12f58/params/lr"),
    *refused("unknown", "empty", f"{runs}/hydra-lightning-gpt/outputs/2026-03-01/08-25-50/train.log"),
]
json.dump(entries, sys.stdout, indent=1)
