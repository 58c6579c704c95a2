# Shaped like a launch script of verl; the same plan as in ppo_trainer.yaml.
EPOCHS=30
python3 -m verl.trainer.main_ppo \
  algorithm.adv_estimator=grpo \
  data.train_batch_size=256 \
  actor_rollout_ref.model.path=Qwen/Qwen2.5-3B-Instruct \
  actor_rollout_ref.rollout.n=8 \
  trainer.project_name=samples \
  trainer.experiment_name=accuracy \
  trainer.default_local_dir=. \
  trainer.total_epochs=$EPOCHS \
  trainer.test_freq=15 \
  "$@"
